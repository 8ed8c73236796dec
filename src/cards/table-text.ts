import { type Grid, NARROW_WIDTH, type Table } from './card.ts';
import { displayWidth, padToWidth, wrapToWidth } from './display-width.ts';

const COLUMN_GAP = 2;
const INDENT = '  ';

/** The widths of a narrow table, the same on every card; wider cells take from the widest column. */
const NARROW_COLUMNS = [6, 7, 7, 8];

const padded = (text: string, width: number, align: 'left' | 'right'): string =>
  align === 'left' ? padToWidth(text, width) : ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

const titlesAndRows = ({ columns, rows }: Grid): (readonly string[])[] => [columns.map(({ title }) => title), ...rows];

const contentWidths = (grid: Grid): number[] =>
  grid.columns.map((_, index) => Math.max(...titlesAndRows(grid).map((cells) => displayWidth(cells[index] ?? ''))));

/** Titles and rows as lines of aligned columns; wide characters count as two. */
export const alignedRows = (grid: Grid): string[] => {
  const widths = contentWidths(grid);
  return titlesAndRows(grid).map((cells) =>
    grid.columns
      .map(({ align }, index) => padded(cells[index] ?? '', widths[index] ?? 0, align))
      .join(' '.repeat(COLUMN_GAP))
      .trimEnd(),
  );
};

/** The widths of columns, each with its gap before it; undefined if they are wider than a narrow card. */
const narrowWidths = (grid: Grid): number[] | undefined => {
  const needed = contentWidths(grid).map((width, index) => (index === 0 ? width : width + 1));
  if (sum(needed) > NARROW_WIDTH) return undefined;
  const usual = grid.widths ?? NARROW_COLUMNS;
  const widths = needed.map((width, index) => Math.max(width, usual[index] ?? 0));
  while (sum(widths) > NARROW_WIDTH) {
    const spare = widths.map((width, index) => width - (needed[index] ?? 0));
    const widest = spare.indexOf(Math.max(...spare));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
};

/** The first cell on a line of its own, the others below it. */
const twoLines = (cells: readonly string[]): string => {
  const [name = '', ...others] = cells;
  const rest = others.filter((cell) => cell !== '').join(INDENT);
  return [
    ...wrapToWidth(name, NARROW_WIDTH),
    ...wrapToWidth(rest, NARROW_WIDTH - INDENT.length).map((line) => INDENT + line),
  ]
    .filter((line) => line.trim() !== '')
    .join('\n');
};

/**
 * Titles and rows in at most NARROW_WIDTH columns; wide characters count as two. A row whose cells need more is of several
 * lines, as are the titles then.
 */
export const narrowRows = (table: Table): string[] => {
  const grid = table.narrow ?? table;
  const widths = narrowWidths(grid);
  if (!widths) return titlesAndRows(grid).map(twoLines);
  return titlesAndRows(grid).map((cells) =>
    grid.columns
      .map(({ align }, index) => {
        const [cell, width] = [cells[index] ?? '', widths[index] ?? 0];
        return align === 'left' && index > 0 ? ` ${padded(cell, width - 1, align)}` : padded(cell, width, align);
      })
      .join('')
      .trimEnd(),
  );
};

/** One line a row, for narrow places: "Microsoft: Capex $35.8B, Of revenue 40%". */
export const spokenRows = ({ columns, rows }: Grid): string[] =>
  rows.map(([name = '', ...cells]) => {
    const rest = cells.map((cell, index) => `${columns[index + 1]?.title ?? ''} ${cell}`.trim());
    return `${name}: ${rest.join(', ')}`;
  });
