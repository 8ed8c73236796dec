import type { types } from '@slack/bolt';
import type { Table } from '../../cards/card.ts';
import { displayWidth, padToWidth } from '../../cards/display-width.ts';
import type { OmittedRows } from '../../cards/omitted-rows.ts';
import type { BlockPart } from './fit.ts';
import { limits } from './limits.ts';
import { inert, plain } from './mrkdwn.ts';

const MAX_CELL = 200;
/** Slack breaks a line long before this. */
const MAX_LINE = 1_000;

/** Slack wants at least one character in a cell. */
const EMPTY_CELL = '\u00a0';

/** As many cells as there are columns, whatever the row holds. */
const cellsOf = ({ columns }: Table, row: readonly string[]): string[] =>
  columns.map((_, index) => plain(row[index] ?? '', MAX_CELL));

const titlesOf = (table: Table): string[] =>
  cellsOf(
    table,
    table.columns.map(({ title }) => title),
  );

/** Whether Slack's table block has room for the columns. */
export const fitsTableBlock = ({ columns }: Table): boolean =>
  columns.length > 0 && columns.length <= limits.tableColumns;

/** A table as Slack's own block, of which a message may have one. */
export const tablePart = (table: Table, more: OmittedRows): BlockPart => {
  const all = [titlesOf(table), ...table.rows.map((row) => cellsOf(table, row))];
  const shown = (kept: number, dropped: number): string[][] => [
    ...all.slice(0, kept + 1),
    ...(dropped > 0 ? [cellsOf(table, [more(dropped)])] : []),
  ];
  return {
    rows: table.rows.length,
    takes: (kept, dropped) => {
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

const FENCE = '```';

/** A table as aligned text in a fixed width, for a second one of a message or one with too many columns. */
export const monospacePart = (table: Table, more: OmittedRows): BlockPart => {
  const all = [titlesOf(table), ...table.rows.map((row) => cellsOf(table, row))];
  const widths = table.columns.map((_, index) => Math.max(...all.map((cells) => displayWidth(cells[index] ?? ''))));
  const aligned = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const right = table.columns[index]?.align === 'right';
        return right ? ' '.repeat(width - displayWidth(cell)) + cell : padToWidth(cell, width);
      })
      .join('  ')
      .trimEnd();
  // Escaped last: an entity is longer than what it shows. The dot keeps `inert` from trimming the alignment.
  const lines = all.map((cells) => inert(`.${aligned(cells)}`, MAX_LINE).slice(1));
  const text = (kept: number, dropped: number): string =>
    [FENCE, ...lines.slice(0, kept + 1), ...(dropped > 0 ? [more(dropped)] : []), FENCE].join('\n');
  return {
    rows: table.rows.length,
    takes: (kept, dropped) => text(kept, dropped).length <= limits.section,
    draw: (kept, dropped): types.SectionBlock => ({
      type: 'section',
      text: { type: 'mrkdwn', text: text(kept, dropped), verbatim: true },
    }),
  };
};
