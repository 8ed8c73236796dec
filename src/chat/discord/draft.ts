import type { Card, Grid, MessageNote, Row, Section, Table } from '../../cards/card.ts';
import { narrowRows } from '../../cards/table-text.ts';
import { clipLine } from '../plain-text.ts';
import { escapeText, maskedLink } from './markdown.ts';

/** A card as markdown, in lines and sections that can be left out one by one. */
export interface Draft {
  readonly title: string;
  readonly lead: Lines;
  readonly sections: readonly DraftSection[];
  readonly sectionsLeftOut: number;
  readonly footer: Lines;
}

export interface Lines {
  readonly lines: readonly string[];
  /** Number of further lines that were left out. */
  readonly leftOut: number;
}

export interface DraftSection extends Lines {
  readonly heading: string;
  /** Aligned text for a code block, shown before the lines. */
  readonly table?: Lines & { readonly head: string };
}

/** Maximum length of each text before escaping, which at most doubles it. Normal cards are far below. */
const TEXT_LIMITS = {
  title: 200,
  tag: 32,
  lead: 400,
  heading: 80,
  hint: 120,
  label: 80,
  text: 400,
  aside: 80,
  footer: 300,
  cell: 40,
};

export const draftOf = (card: Card): Draft => ({
  title: titleOf(card),
  lead: completeLines([
    ...card.lead.map((line) => escapeText(clipLine(line, TEXT_LIMITS.lead))),
    ...(card.updates ?? []).map(noteOf),
  ]),
  sections: card.sections
    .map(sectionOf)
    .filter(({ heading, lines, table }) => heading !== '' || lines.length > 0 || table !== undefined),
  sectionsLeftOut: 0,
  footer: completeLines(
    card.footer
      .map((line) => escapeText(clipLine(line, TEXT_LIMITS.footer)))
      .map((line, n) => (n === 0 && card.at !== undefined ? `${line} · ${ago(card.at)}` : line)),
  ),
});

/** Time elapsed, which Discord shows in each reader's language. Source: its documentation, "Message Formatting". */
const ago = (at: number): string => `<t:${Math.floor(at / 1000)}:R>`;

const completeLines = (lines: readonly string[]): Lines => ({ lines: lines.filter((line) => line !== ''), leftOut: 0 });

const titleOf = ({ title, tag }: Card): string => {
  const headline = escapeText(clipLine(title, TEXT_LIMITS.title)) || '…';
  const mark = tag === undefined || title.includes(tag) ? '' : escapeText(clipLine(tag, TEXT_LIMITS.tag));
  return mark === '' ? headline : `${headline} · ${mark}`;
};

/** A table that is listed instead has no code block. */
const sectionOf = ({ heading, hint, rows, table, note }: Section): DraftSection => {
  const head = bold(clipLine(heading, TEXT_LIMITS.heading));
  const aside = escapeText(clipLine(hint ?? '', TEXT_LIMITS.hint));
  return {
    heading: [head, aside].filter((part) => part !== '').join(' · '),
    ...(table === undefined || table.columns.length === 0 || table.listed ? {} : { table: tableOf(table) }),
    ...completeLines([
      ...(note === undefined ? [] : [`-# ${escapeText(clipLine(note, TEXT_LIMITS.footer))}`]),
      ...[...(table?.listed ?? []), ...rows].map(rowOf),
    ]),
  };
};

const inCells = ({ columns, rows }: Grid): Grid => ({
  columns: columns.map((column) => ({ ...column, title: cellText(column.title) })),
  rows: rows.map((row) => row.map(cellText)),
});

/** A row of the table may be of several lines. */
const tableOf = (table: Table): Lines & { readonly head: string } => {
  const [head = '', ...rows] = narrowRows(inCells(table.narrow ?? table));
  return { head, ...completeLines(rows) };
};

/**
 * A cell for a code block, in which only the backtick is markup: it becomes a look-alike. Thin and unbreakable spaces
 * become plain ones, because Discord draws them narrower than a column.
 */
const cellText = (text: string): string =>
  clipLine(text, TEXT_LIMITS.cell)
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll('`', 'ˋ');

const rowOf = ({ label, text, aside, link }: Row): string => {
  const move = [bold(clipLine(label, TEXT_LIMITS.label)), escapeText(clipLine(text, TEXT_LIMITS.text))]
    .filter((part) => part !== '')
    .join(' ');
  const sourceText = clipLine(aside ?? '', TEXT_LIMITS.aside);
  const source = sourceText === '' && link === undefined ? '' : maskedLink(sourceText || '↗', link);
  return [move, source].filter((part) => part !== '').join(' · ');
};

/** The text, and an arrow that leads to the message. */
const noteOf = ({ text, link }: MessageNote): string =>
  [escapeText(clipLine(text, TEXT_LIMITS.lead)), link === undefined ? '' : maskedLink('↗', link)]
    .filter((part) => part !== '')
    .join(' ');

const bold = (text: string): string => (text === '' ? '' : `**${escapeText(text)}**`);
