import { spreadLabels } from './label-placement.ts';
import { type Box, baselineFor, GUTTER, TEXT, WIDTH } from './layout.ts';
import { coordinate, text } from './markup.ts';
import { cutToWidth } from './text-width.ts';
import { companyInk, type Theme } from './theme.ts';

/** Lengths in picture units. */
const PART_GAP = 1.5;
const RADIUS = 2;
const NAME_SPACING = 33;
const NAME_LEFT = GUTTER.label - 7;
/** A name that is further from its part than this has a line to it. */
const MAX_OFFSET = 6;

interface StackedColumn {
  readonly box: Box;
  /** One for each symbol, from the bottom to the top; null for none. */
  readonly parts: readonly (number | null)[];
  readonly symbols: readonly string[];
}

interface Part {
  readonly symbol: string;
  readonly box: Box;
}

const partsOf = ({ box, parts, symbols }: StackedColumn): readonly Part[] => {
  const values = parts.map((value) => (value !== null && Number.isFinite(value) && value > 0 ? value : 0));
  const sum = values.reduce((a, b) => a + b, 0);
  let bottom = box.bottom;
  return values.flatMap((value, at) => {
    const symbol = symbols[at];
    if (value === 0 || symbol === undefined) return [];
    const height = (value / sum) * (box.bottom - box.top);
    const part = { symbol, box: { ...box, top: bottom - height, bottom } };
    bottom -= height;
    return [part];
  });
};

/** A column of a part for each company, in its colour, with the ground between them. */
export const columnParts = (column: StackedColumn & { readonly opacity?: number }, theme: Theme): string =>
  partsOf(column)
    .map(({ symbol, box }, at) => {
      const bottom = at === 0 ? box.bottom : box.bottom - PART_GAP;
      const opacity = column.opacity === undefined || column.opacity === 1 ? '' : ` fill-opacity="${column.opacity}"`;
      return `<rect x="${coordinate(box.left)}" y="${coordinate(box.top)}" width="${coordinate(box.right - box.left)}" height="${coordinate(Math.max(bottom - box.top, 1))}" rx="${RADIUS}" fill="${companyInk(theme, symbol).mark}"${opacity}/>`;
    })
    .join('');

interface NamedColumn extends StackedColumn {
  /** Beside each name; absent for none. */
  readonly amounts?: readonly string[];
  /** Left end of the names. Default: the gutter's. */
  readonly left?: number;
}

/** The companies' names beside their parts of a column, spread if these are thin. `top` is the top of the highest name. */
export const partNames = (column: NamedColumn, theme: Theme): { readonly drawn: string; readonly top: number } => {
  const parts = partsOf(column);
  const wanted = parts.map(({ box }) => (box.top + box.bottom) / 2);
  const left = column.left ?? NAME_LEFT;
  const heights = spreadLabels(wanted, NAME_SPACING, column.box.bottom - 320, column.box.bottom - TEXT.mark / 2);
  const drawn = parts.map(({ symbol }, at) => {
    const ink = companyInk(theme, symbol);
    const y = heights[at] ?? 0;
    const from = wanted[at] ?? 0;
    const amount = column.amounts?.[column.symbols.indexOf(symbol)];
    const isMoved = Math.abs(y - from) > MAX_OFFSET;
    const [x1, y1, x2, y2] = [left - 20, from, left - 4, y].map(coordinate);
    return [
      isMoved ? `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${ink.mark}" stroke-width="2"/>` : '',
      text(left, baselineFor(y, TEXT.mark), cutToWidth(symbol, TEXT.mark, WIDTH - 8 - left), {
        size: TEXT.mark,
        fill: ink.text,
        weight: 600,
      }),
      amount === undefined
        ? ''
        : text(WIDTH - 28, baselineFor(y, TEXT.mark), amount, {
            size: TEXT.mark,
            fill: theme.ink,
            weight: 600,
            anchor: 'end',
          }),
    ].join('');
  });
  return { drawn: drawn.join(''), top: Math.min(column.box.bottom, ...heights) - TEXT.mark / 2 };
};
