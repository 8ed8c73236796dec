import type { Table } from '../../cards/card.ts';
import { displayWidth, padToWidth } from '../../cards/display-width.ts';
import { clip } from './escape.ts';

/** A table as lines of equal columns, for a block of code. */
export interface TableLines {
  readonly head: string;
  readonly rows: readonly string[];
}

/** Characters of one cell; no honest one comes near. */
const LONGEST_CELL = 40;
const GAP = '  ';

/**
 * Aligned for a font of one width, Hangul taken as two columns. Inside a block of code nothing is markup but the
 * backtick, which becomes a look-alike.
 */
export const tableLines = ({ columns, rows }: Table): TableLines => {
  const titles = columns.map(({ title }) => cellText(title));
  const cells = rows.map((row) => columns.map((_, index) => cellText(row[index] ?? '')));
  const widths = columns.map((_, index) =>
    Math.max(...[titles, ...cells].map((row) => displayWidth(row[index] ?? ''))),
  );
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, index) => aligned(cell, widths[index] ?? 0, columns[index]?.align === 'right'))
      .join(GAP)
      .trimEnd();
  return { head: lineOf(titles), rows: cells.map(lineOf) };
};

const aligned = (cell: string, width: number, right: boolean): string =>
  right ? ' '.repeat(width - displayWidth(cell)) + cell : padToWidth(cell, width);

/** Thin and unbreakable spaces are narrower than a column in Discord's fonts. */
const cellText = (text: string): string =>
  clip(text, LONGEST_CELL)
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll('`', 'ˋ');
