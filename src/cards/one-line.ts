import type { Section } from './card.ts';

/** Whether a section is one line: a heading of its own and a row that nothing names, such as what comes next. */
export const isOneLine = ({ heading, hint, table, rows }: Section): boolean =>
  heading !== '' && hint === undefined && table === undefined && rows.length === 1 && rows[0]?.label === '';
