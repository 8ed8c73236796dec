import { displayWidth, padToWidth } from '../cards/display-width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const padded = (text: string, width: number, align: Column['align']): string =>
  align === 'right' ? ' '.repeat(Math.max(0, width - displayWidth(text))) + text : padToWidth(text, width);

/** Rows under their titles, aligned for a terminal; Hangul counts as two columns wide. No line ends in blanks. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const widths = columns.map(({ title }, place) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[place] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, place) => padded(cells[place] ?? '', widths[place] ?? 0, align))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n');
};
