import { alignedRows } from '../cards/table-text.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** A table with titles, aligned for a terminal; Hangul is two columns wide. No trailing spaces. */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string =>
  alignedRows({ columns: columns.map(({ title, align = 'left' }) => ({ title, align })), rows }).join('\n');
