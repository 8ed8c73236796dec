import { scaleLinear } from 'd3-scale';
import type { QuartersChart } from '../stories/chart-spec.ts';
import { header } from './header.ts';
import { DATES_BASELINE, FONT, MARGIN, WIDTH } from './layout.ts';
import { horizontal, rect, text } from './markup.ts';
import { amountLabel, percentLabel } from './number-label.ts';
import type { Theme } from './theme.ts';

type Quarter = QuartersChart['quarters'][number];

/** More would be too thin to label. */
const MAX_QUARTERS = 8;
/** Lengths and coordinates in picture units. */
const COLUMNS_TOP = 150;
const COLUMNS_BOTTOM = 470;
const CHANGE_BASELINE = 504;
const AMOUNT_GAP = 12;
const MAX_COLUMN_WIDTH = 84;
/** Keeps an amount near zero visible. */
const MIN_COLUMN_HEIGHT = 3;

/** Year-over-year change; empty if unknown. */
const yoyLabel = ({ yoyPercent }: Quarter): string =>
  yoyPercent === undefined || !Number.isFinite(yoyPercent) ? '' : percentLabel(yoyPercent, 0);

/** "2024-06": the month in which the quarter ends. */
const monthOf = ({ end }: Quarter): string => end.slice(0, 7);

const withUsableValue = ({ value, ...quarter }: Quarter): Quarter =>
  value !== undefined && Number.isFinite(value) ? { ...quarter, value } : quarter;

const shownQuarters = ({ quarters }: QuartersChart): readonly Quarter[] =>
  quarters.slice(-MAX_QUARTERS).map(withUsableValue);

/** The picture's numbers as its accessible name. */
export const quartersSummary = (spec: QuartersChart): string =>
  [
    spec.symbol,
    ...shownQuarters(spec).map((quarter) =>
      `${monthOf(quarter)} ${amountLabel(quarter.value)} ${yoyLabel(quarter)}`.trim(),
    ),
  ].join(' ');

/** A column per quarter, with its amount above, its year-over-year change and its last month below. */
export const quartersChart = (spec: QuartersChart, theme: Theme): string => {
  const quarters = shownQuarters(spec);
  const newest = quarters.at(-1);
  const step = (WIDTH - 2 * MARGIN) / Math.max(quarters.length, 1);
  const halfWidth = Math.min(step * 0.36, MAX_COLUMN_WIDTH / 2);
  const largest = Math.max(1, ...quarters.map(({ value }) => value ?? 0));
  const height = scaleLinear([0, largest], [0, COLUMNS_BOTTOM - COLUMNS_TOP]);

  const columns = quarters.map((quarter, index) => {
    const centreX = MARGIN + step * (index + 0.5);
    const { value } = quarter;
    const columnHeight = value === undefined ? 0 : Math.max(height(value), MIN_COLUMN_HEIGHT);
    const top = COLUMNS_BOTTOM - columnHeight;
    const column = { left: centreX - halfWidth, top, right: centreX + halfWidth, bottom: COLUMNS_BOTTOM };
    const axisStyle = { size: FONT.axis, anchor: 'middle' } as const;
    const isNewest = quarter === newest;
    return [
      value === undefined ? '' : rect(column, isNewest ? theme.price : theme.calm, 6),
      text(centreX, top - AMOUNT_GAP, amountLabel(value), {
        size: FONT.mark,
        fill: isNewest ? theme.ink : theme.muted,
        bold: true,
        anchor: 'middle',
      }),
      text(centreX, CHANGE_BASELINE, yoyLabel(quarter), { ...axisStyle, fill: theme.ink, bold: isNewest }),
      text(centreX, DATES_BASELINE, monthOf(quarter), { ...axisStyle, fill: theme.muted }),
    ].join('');
  });

  const numbers = newest
    ? [
        { label: amountLabel(newest.value), fill: theme.price },
        ...(yoyLabel(newest) === '' ? [] : [{ label: yoyLabel(newest), fill: theme.muted }]),
      ]
    : [];
  return [
    header(spec.symbol, numbers, newest?.end ?? '', theme),
    horizontal(MARGIN, WIDTH - MARGIN, COLUMNS_BOTTOM, theme.grid),
    ...columns,
  ].join('');
};
