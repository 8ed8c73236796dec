import type { Table } from './card.ts';
import { displayWidth, padToWidth } from './display-width.ts';

const COLUMN_GAP = 2;

const padded = (text: string, width: number, align: 'left' | 'right'): string =>
  align === 'left' ? padToWidth(text, width) : ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

/** Titles and rows as lines of aligned columns; wide characters count as two. */
export const alignedRows = ({ columns, rows }: Table): string[] => {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((cells) => displayWidth(cells[index] ?? ''))));
  return all.map((cells) =>
    columns
      .map(({ align }, index) => padded(cells[index] ?? '', widths[index] ?? 0, align))
      .join(' '.repeat(COLUMN_GAP))
      .trimEnd(),
  );
};

/** One line a row, for narrow places: "Microsoft: Capex $35.8B, Of revenue 40%". */
export const spokenRows = ({ columns, rows }: Table): string[] =>
  rows.map(([name = '', ...cells]) => {
    const rest = cells.map((cell, index) => `${columns[index + 1]?.title ?? ''} ${cell}`.trim());
    return `${name}: ${rest.join(', ')}`;
  });
