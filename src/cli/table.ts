import { alignedRows } from '../cards/table-text.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Rows under their titles, aligned for a terminal; Hangul counts as two columns wide. No line ends in blanks. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string =>
  alignedRows({ columns: columns.map(({ title, align = 'left' }) => ({ title, align })), rows }).join('\n');
