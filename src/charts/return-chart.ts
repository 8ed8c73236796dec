import { scaleLinear } from 'd3-scale';
import type { ReturnChart } from '../stories/chart-spec.ts';
import { columnParts, partNames } from './column-parts.ts';
import { MARGIN, TEXT, WIDTH } from './layout.ts';
import { horizontal, rect, text, vertical } from './markup.ts';
import { percentLabel } from './number-label.ts';
import { textWidth, widestOf } from './text-width.ts';
import type { Theme } from './theme.ts';

export const RETURN_HEIGHT = 560;

/** More columns would be too thin for the sums above them. */
const MAX_QUARTERS = 6;
/** Lengths and coordinates in picture units. */
const COLUMNS_TOP = 206;
const BASELINE = 502;
const QUARTERS_BASELINE = 538;
const PLOT_RIGHT = 738;
const NAMES_LEFT = 752;
const MAX_COLUMN = 84;
const SUM_GAP = 10;
const SUM_SPACING = 3;
const FIRST_BASELINE = 60;
const SECOND_BASELINE = 104;
const PACE_BASELINE = 148;
const AMOUNT_SIZE = 50;
const CHANGE_SIZE = 42;
/** The keys to the two columns of a quarter. */
const KEY = { width: 18, height: 22, gap: 10 };

type Quarter = ReturnChart['quarters'][number];

const sumOf = ({ parts }: Quarter): number => parts.reduce((sum, value) => sum + value, 0);

/** The newest quarters, as many as there is room for their sums. */
const shownQuarters = ({ quarters }: ReturnChart): readonly Quarter[] => {
  const newest = quarters.slice(-MAX_QUARTERS);
  const sums = newest.flatMap(({ spent, revenue }) => [spent, revenue]);
  const room = Math.floor((PLOT_RIGHT - MARGIN) / (2 * (widestOf(sums, TEXT.mark) + SUM_SPACING)));
  return newest.slice(-Math.max(1, room));
};

/** The picture's numbers as its accessible name. */
export const returnSummary = (spec: ReturnChart): string =>
  [
    'CAPEX CLOUD',
    ...spec.symbols,
    ...shownQuarters(spec).map(({ name, spent, revenue }) => `${name} ${spent} ${revenue}`),
    ...spec.pace.map(({ symbol, amount }) => `${symbol} ${amount}`),
  ].join(' ');

/** What was spent, the keys to the columns, and AI revenue at a year's pace. */
const header = (spec: ReturnChart, quarters: readonly Quarter[], theme: Theme): string => {
  const muted = { size: TEXT.mark, fill: theme.muted };
  const parts = [text(MARGIN, FIRST_BASELINE, spec.newest.spent, { size: AMOUNT_SIZE, fill: theme.ink, bold: true })];
  if (spec.newest.yoy !== undefined) {
    const x = MARGIN + textWidth(spec.newest.spent, AMOUNT_SIZE) + 24;
    parts.push(
      text(x, FIRST_BASELINE, '1Y', muted),
      text(x + textWidth('1Y', TEXT.mark) + 10, FIRST_BASELINE, percentLabel(spec.newest.yoy, 0), {
        size: CHANGE_SIZE,
        fill: theme.ink,
        weight: 600,
      }),
    );
  }
  const span = `$B ${quarters[0]?.name} → ${quarters.at(-1)?.name}`;
  const end = WIDTH - MARGIN;
  const word = { size: TEXT.mark, fill: theme.ink, weight: 600 } as const;
  const keyTop = SECOND_BASELINE - KEY.height;
  const cloudLeft = MARGIN + KEY.width + KEY.gap + textWidth('CAPEX', TEXT.mark) + 30;
  const cloudKey = { left: cloudLeft, top: keyTop, right: cloudLeft + KEY.width, bottom: SECOND_BASELINE };
  parts.push(
    rect({ left: MARGIN, top: keyTop, right: MARGIN + KEY.width, bottom: SECOND_BASELINE }, theme.bill.beside, 3),
    text(MARGIN + KEY.width + KEY.gap, SECOND_BASELINE, 'CAPEX', word),
    columnParts({ box: cloudKey, parts: spec.symbols.map(() => 1), symbols: spec.symbols }, theme),
    text(cloudKey.right + KEY.gap, SECOND_BASELINE, 'CLOUD', word),
    text(end, SECOND_BASELINE, span, { ...muted, anchor: 'end' }),
  );
  let x = MARGIN;
  if (spec.pace.length > 0) {
    parts.push(text(x, PACE_BASELINE, 'AI $/Y', { ...muted, fill: theme.ink, weight: 600 }));
    x += textWidth('AI $/Y', TEXT.mark) + 22;
  }
  for (const { symbol, amount } of spec.pace) {
    const width = textWidth(`${symbol} ${amount}`, TEXT.mark);
    if (x + width > end) break;
    parts.push(
      text(x, PACE_BASELINE, symbol, muted),
      text(x + textWidth(`${symbol} `, TEXT.mark), PACE_BASELINE, amount, { ...muted, fill: theme.ink, weight: 600 }),
    );
    x += width + 26;
  }
  return parts.join('');
};

/** Q2, and the year in place of Q1: the heading names the first quarter in full. */
const quarterLabel = ({ name }: Quarter): string => {
  const [year = '', quarter = ''] = name.split(' ');
  return quarter === 'Q1' ? year : quarter;
};

/** Two columns a quarter: capex, and beside it cloud revenue, stacked by company. */
export const returnChart = (spec: ReturnChart, theme: Theme): string => {
  const quarters = shownQuarters(spec);
  const pitch = (PLOT_RIGHT - MARGIN) / Math.max(quarters.length, 1);
  const width = Math.min((pitch - 16) / 2, MAX_COLUMN);
  const sumOffset = Math.max(width / 2 + 1, pitch / 4);
  const largest = Math.max(1, ...quarters.flatMap((quarter) => [quarter.capex, sumOf(quarter)]));
  const height = scaleLinear([0, largest], [0, BASELINE - COLUMNS_TOP]);
  const boxes = quarters.map((quarter, at) => {
    const middle = PLOT_RIGHT - pitch * (quarters.length - at - 0.5);
    return {
      quarter,
      middle,
      spent: { left: middle - width - 1, top: BASELINE - height(quarter.capex), right: middle - 1, bottom: BASELINE },
      revenue: {
        left: middle + 1,
        top: BASELINE - height(sumOf(quarter)),
        right: middle + width + 1,
        bottom: BASELINE,
      },
    };
  });
  const newest = boxes.at(-1);
  const names = newest
    ? partNames(
        {
          box: newest.revenue,
          parts: newest.quarter.parts,
          symbols: spec.symbols,
          ...(spec.newest.amounts && { amounts: spec.newest.amounts }),
          left: NAMES_LEFT,
        },
        theme,
      ).drawn
    : '';
  return [
    header(spec, quarters, theme),
    horizontal(MARGIN, PLOT_RIGHT, BASELINE, theme.grid),
    ...boxes.map(({ quarter, middle, spent, revenue }) => {
      const isNewest = quarter === newest?.quarter;
      const style = { size: TEXT.mark, anchor: 'middle', weight: isNewest ? 700 : 500 } as const;
      return [
        quarter.recast
          ? vertical(
              middle - pitch / 2,
              COLUMNS_TOP - 30,
              BASELINE,
              theme.muted,
              ' stroke-width="2" stroke-dasharray="2 6"',
            )
          : '',
        rect(spent, isNewest ? theme.bill.beside : theme.bill.besideOlder, 3),
        columnParts({ box: revenue, parts: quarter.parts, symbols: spec.symbols }, theme),
        text(middle - sumOffset, spent.top - SUM_GAP, quarter.spent, {
          ...style,
          fill: isNewest ? theme.ink : theme.muted,
        }),
        text(middle + sumOffset, revenue.top - SUM_GAP, quarter.revenue, {
          ...style,
          fill: isNewest ? theme.ink : theme.muted,
        }),
        text(middle, QUARTERS_BASELINE, quarterLabel(quarter), {
          size: TEXT.mark,
          fill: theme.muted,
          anchor: 'middle',
        }),
      ].join('');
    }),
    names,
  ].join('');
};
