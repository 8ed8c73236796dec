import { scaleLinear } from 'd3-scale';
import type { QuartersChart } from '../stories/chart-spec.ts';
import { header } from './header.ts';
import { DATES_BASELINE, FONT, MARGIN, WIDTH } from './layout.ts';
import { horizontal, rect, text } from './markup.ts';
import { percentLabel } from './number-label.ts';
import type { Theme } from './theme.ts';

type Quarter = QuartersChart['quarters'][number];

const TOP = 150;
const BOTTOM = 470;
/** Change on the year, between the columns and the dates. */
const CHANGE_BASELINE = 504;
const VALUE_GAP = 12;
/** More would be too thin to label. */
const MOST_QUARTERS = 8;
const WIDEST_COLUMN = 84;
/** A quarter of next to nothing still shows where its column stands. */
const LOWEST_COLUMN = 3;
/** Stands for what is not disclosed. */
const DASH = '\u2013';

const amountFormat = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});

/** US dollars as a mark shows them: 13.9B. */
const amountLabel = (value: number | undefined): string =>
  value === undefined ? DASH : amountFormat.format(value).replace('-', '\u2212');

const changeOf = ({ yoyPercent }: Quarter): string =>
  yoyPercent === undefined || !Number.isFinite(yoyPercent) ? '' : percentLabel(yoyPercent, 0);

/** "2024-06": the month that the quarter ends in. */
const monthOf = ({ end }: Quarter): string => end.slice(0, 7);

const drawable = ({ value, ...quarter }: Quarter): Quarter =>
  value !== undefined && Number.isFinite(value) ? { ...quarter, value } : quarter;

const shownOf = ({ quarters }: QuartersChart): readonly Quarter[] => quarters.slice(-MOST_QUARTERS).map(drawable);

/** What the picture says, in numbers: for its accessible name. */
export const quartersSummary = (spec: QuartersChart): string =>
  [spec.symbol, ...shownOf(spec).map((it) => `${monthOf(it)} ${amountLabel(it.value)} ${changeOf(it)}`.trim())].join(
    ' ',
  );

/** A column for each quarter, its amount on top, under it the change on the year and the month that it ends in. */
export const quartersChart = (spec: QuartersChart, theme: Theme): string => {
  const quarters = shownOf(spec);
  const newest = quarters.at(-1);
  const step = (WIDTH - 2 * MARGIN) / Math.max(quarters.length, 1);
  const half = Math.min(step * 0.36, WIDEST_COLUMN / 2);
  const height = scaleLinear([0, Math.max(1, ...quarters.map(({ value }) => value ?? 0))], [0, BOTTOM - TOP]);

  const columns = quarters.map((quarter, index) => {
    const centre = MARGIN + step * (index + 0.5);
    const { value } = quarter;
    const rise = value === undefined ? 0 : Math.max(height(Math.max(0, value)), LOWEST_COLUMN);
    const column = { left: centre - half, top: BOTTOM - rise, right: centre + half, bottom: BOTTOM };
    const middle = { anchor: 'middle' as const };
    const isNewest = quarter === newest;
    return [
      value === undefined ? '' : rect(column, isNewest ? theme.price : theme.calm, 6),
      text(centre, column.top - VALUE_GAP, amountLabel(value), {
        ...middle,
        size: FONT.mark,
        fill: isNewest ? theme.ink : theme.muted,
        bold: true,
      }),
      text(centre, CHANGE_BASELINE, changeOf(quarter), { ...middle, size: FONT.axis, fill: theme.ink, bold: isNewest }),
      text(centre, DATES_BASELINE, monthOf(quarter), { ...middle, size: FONT.axis, fill: theme.muted }),
    ].join('');
  });

  const numbers = newest
    ? [
        { label: amountLabel(newest.value), fill: theme.price },
        ...(changeOf(newest) === '' ? [] : [{ label: changeOf(newest), fill: theme.muted }]),
      ]
    : [];
  return [
    header(spec.symbol, numbers, newest?.end ?? '', theme),
    horizontal(MARGIN, WIDTH - MARGIN, BOTTOM, theme.grid),
    ...columns,
  ].join('');
};
