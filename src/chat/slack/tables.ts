import type { types } from '@slack/bolt';
import type { Table } from '../../cards/card.ts';
import type { OmittedRows } from '../../cards/omitted-rows.ts';
import { alignedRows } from '../../cards/table-text.ts';
import { clip } from '../plain-text.ts';
import type { BlockPart } from './fit.ts';
import { limits } from './limits.ts';
import { plain } from './mrkdwn.ts';
import { codeBlock } from './rich-text.ts';

const MAX_CELL_LENGTH = 200;
/** Slack wraps much shorter lines. */
const MAX_LINE_LENGTH = 1_000;

/** Slack wants at least one character in a cell. */
const EMPTY_CELL = '\u00a0';

/** Exactly one cell a column. */
const cellsOf = ({ columns }: Table, row: readonly string[]): string[] =>
  columns.map((_, index) => plain(row[index] ?? '', MAX_CELL_LENGTH));

const titlesOf = (table: Table): string[] =>
  cellsOf(
    table,
    table.columns.map(({ title }) => title),
  );

/** Whether the columns fit into Slack's table block. */
export const fitsTableBlock = ({ columns }: Table): boolean =>
  columns.length > 0 && columns.length <= limits.tableColumns;

/** A table as Slack's own block. A message can have only one. */
export const tablePart = (table: Table, more: OmittedRows): BlockPart => {
  const all = [titlesOf(table), ...table.rows.map((row) => cellsOf(table, row))];
  const shown = (kept: number, dropped: number): string[][] => [
    ...all.slice(0, kept + 1),
    ...(dropped > 0 ? [cellsOf(table, [more(dropped)])] : []),
  ];
  return {
    rows: table.rows.length,
    fits: (kept, dropped) => {
      const rows = shown(kept, dropped);
      const characters = rows.flat().reduce((sum, { length }) => sum + Math.max(1, length), 0);
      return rows.length <= limits.tableRows && characters <= limits.table;
    },
    draw: (kept, dropped): types.TableBlock => ({
      type: 'table',
      column_settings: table.columns.map(({ align }) => ({ align })),
      rows: shown(kept, dropped).map((cells) => cells.map((text) => ({ type: 'raw_text', text: text || EMPTY_CELL }))),
    }),
  };
};

/** A table as aligned text in a code block: for a message's second table, or one with too many columns. */
export const monospacePart = (table: Table, more: OmittedRows): BlockPart => {
  const titles = titlesOf(table);
  const columns = table.columns.map((column, index) => ({ ...column, title: titles[index] ?? '' }));
  const aligned = alignedRows({ columns, rows: table.rows.map((row) => cellsOf(table, row)) });
  const lines = aligned.map((line) => clip(line, MAX_LINE_LENGTH));
  const text = (kept: number, dropped: number): string =>
    [...lines.slice(0, kept + 1), ...(dropped > 0 ? [more(dropped)] : [])].join('\n');
  return {
    rows: table.rows.length,
    fits: (kept, dropped) => text(kept, dropped).length <= limits.section,
    draw: (kept, dropped) => codeBlock(text(kept, dropped)),
  };
};
