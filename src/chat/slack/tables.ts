import type { types } from '@slack/bolt';
import type { Grid, Table } from '../../cards/card.ts';
import type { OmittedRows } from '../../cards/omitted-rows.ts';
import { narrowRows } from '../../cards/table-text.ts';
import type { BlockPart } from './fit.ts';
import { limits } from './limits.ts';
import { plain } from './mrkdwn.ts';
import { bold, codeBlock, richBlock } from './rich-text.ts';

const MAX_CELL_LENGTH = 200;
/** The JSON of bold names takes much of a message. */
const MAX_BOLD_NAMES = 40;

/** Slack wants at least one character in a cell. */
const EMPTY_CELL = '\u00a0';

/** Exactly one cell a column. */
const cellsOf = ({ columns }: Grid, row: readonly string[]): string[] =>
  columns.map((_, index) => plain(row[index] ?? '', MAX_CELL_LENGTH));

const titlesOf = (table: Grid): string[] =>
  cellsOf(
    table,
    table.columns.map(({ title }) => title),
  );

/** Whether the columns fit into Slack's table block. */
export const fitsTableBlock = ({ columns }: Table): boolean =>
  columns.length > 0 && columns.length <= limits.tableColumns;

const rawCell = (text: string): types.RawTextElement => ({ type: 'raw_text', text: text || EMPTY_CELL });

/** The name of a row, bold. */
const nameCell = (text: string): types.RichTextBlock => richBlock(bold(text || EMPTY_CELL));

/** A table as Slack's own block, the names of the rows in bold. A message can have only one. */
export const tablePart = (table: Table, more: OmittedRows): BlockPart => {
  const all = [titlesOf(table), ...table.rows.map((row) => cellsOf(table, row))];
  const shown = (kept: number, dropped: number): string[][] => [
    ...all.slice(0, kept + 1),
    ...(dropped > 0 ? [cellsOf(table, [more(dropped)])] : []),
  ];
  const areBold = table.rows.length <= MAX_BOLD_NAMES;
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
      rows: shown(kept, dropped).map((cells, row) =>
        cells.map((text, column) => (row > 0 && column === 0 && areBold ? nameCell(text) : rawCell(text))),
      ),
    }),
  };
};

/** A table as aligned text in a code block, narrow as on a phone: for a message's second table, or one with too many columns. */
export const monospacePart = (table: Table, more: OmittedRows): BlockPart => {
  const grid = table.narrow ?? table;
  const titles = titlesOf(grid);
  const columns = grid.columns.map((column, index) => ({ ...column, title: titles[index] ?? '' }));
  const lines = narrowRows({ ...grid, columns, rows: grid.rows.map((row) => cellsOf(grid, row)) });
  const text = (kept: number, dropped: number): string =>
    [...lines.slice(0, kept + 1), ...(dropped > 0 ? [more(dropped)] : [])].join('\n');
  return {
    rows: table.rows.length,
    fits: (kept, dropped) => text(kept, dropped).length <= limits.section,
    draw: (kept, dropped) => codeBlock(text(kept, dropped)),
  };
};
