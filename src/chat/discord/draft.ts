import type { Card, Grid, MessageNote, Row, Section, SourceLine } from '../../cards/card.ts';
import { gluedNumbers, gluedRanges, gluedWhole, halvesOf } from '../../cards/glue.ts';
import { isOneLine } from '../../cards/one-line.ts';
import { narrowRows } from '../../cards/table-text.ts';
import { footerLines } from '../../cards/tagged-footer.ts';
import { clipLine } from '../plain-text.ts';
import { escapeTail, escapeText, maskedLink } from './markdown.ts';

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
    ...card.lead.map((line, at) => leadLine(line, at === 0 ? card.strong : undefined)),
    ...(card.quiet === undefined ? [] : [quietLine(card.quiet, TEXT_LIMITS.lead)]),
    ...(card.struck ?? []).map((line) => `~~${inLine(line, TEXT_LIMITS.lead)}~~`),
    ...(card.updates ?? []).map(noteOf),
    // The message is a reply to that one: a link would lead to what stands above it.
    ...(card.earlier ? [inLine(card.earlier.text, TEXT_LIMITS.lead)] : []),
  ]),
  sections: card.sections
    .flatMap(sectionsOf)
    .filter(({ heading, lines, table }) => heading !== '' || lines.length > 0 || table !== undefined),
  sectionsLeftOut: 0,
  footer: completeLines([
    ...(card.published ? [publishedLine(card.published)] : []),
    ...footerLines(card).map((line) => inLine(line, TEXT_LIMITS.footer)),
  ]),
});

const inLine = (text: string, max: number): string => escapeText(gluedNumbers(clipLine(text, max)));

/** A whole line of subtext, which Discord draws smaller and dimmed. */
const quietLine = (text: string, max: number): string => (text === '' ? '' : `-# ${inLine(text, max)}`);

/** The line with what matters most in it, its beginning, in bold. */
const leadLine = (line: string, strong: string | undefined): string => {
  if (strong === undefined || strong === '' || !line.startsWith(strong)) return inLine(line, TEXT_LIMITS.lead);
  return bold(gluedNumbers(strong)) + escapeTail(gluedNumbers(clipLine(line, TEXT_LIMITS.lead).slice(strong.length)));
};

const completeLines = (lines: readonly string[]): Lines => ({ lines: lines.filter((line) => line !== ''), leftOut: 0 });

const titleOf = ({ title }: Card): string => escapeText(clipLine(gluedRanges(title), TEXT_LIMITS.title)) || '…';

/** A section, and before its lines a part of its own for a second table. A table that is listed instead has no code block. */
const sectionsOf = ({ heading, hint, rows, table, note }: Section): DraftSection[] => {
  const head = bold(clipLine(heading, TEXT_LIMITS.heading));
  if (isOneLine({ heading, rows, ...(hint !== undefined && { hint }), ...(table && { table }) }))
    return [{ heading: '', ...completeLines([`${head} ${rows.map(rowOf).join('')}`]) }];
  const aside = escapeText(clipLine(hint ?? '', TEXT_LIMITS.hint));
  const title = [head, aside].filter((part) => part !== '').join(' ');
  const grids = table === undefined || table.columns.length === 0 || table.listed ? [] : [table.narrow ?? table];
  const [first, second] = [...grids, ...(grids.length > 0 && table?.further ? [table.further] : [])].map(tableOf);
  const lines = completeLines([
    ...[note, grids[0] && grids[0] === table?.narrow ? table.narrowNote : undefined].flatMap((line) =>
      line === undefined ? [] : [quietLine(line, TEXT_LIMITS.footer)],
    ),
    ...[...(table?.listed ?? []), ...rows].map(rowOf),
  ]);
  if (second)
    return [
      { heading: title, ...(first && { table: first }), lines: [], leftOut: 0 },
      { heading: '', table: second, ...lines },
    ];
  return [{ heading: title, ...(first && { table: first }), ...lines }];
};

const inCells = ({ columns, rows, ...rest }: Grid): Grid => ({
  ...rest,
  columns: columns.map((column) => ({ ...column, title: cellText(column.title) })),
  rows: rows.map((row) => row.map(cellText)),
});

/** A row of the table may be of several lines. */
const tableOf = (grid: Grid): Lines & { readonly head: string } => {
  const [head = '', ...rows] = narrowRows(inCells(grid));
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

/** "**Alphabet** $13.2B capex, +91% [Apr–Jun · 23 Jul ↗](…) ◦". */
const rowOf = (row: Row): string => {
  const clipped = { ...row, label: clipLine(row.label, TEXT_LIMITS.label), text: clipLine(row.text, TEXT_LIMITS.text) };
  const half = halvesOf(clipped, clipLine(row.aside ?? '', TEXT_LIMITS.aside));
  const source = maskedLink(half.source, row.link);
  return bold(half.label) + half.between + escapeText(half.text) + half.separator + source + half.mark;
};

/** "Published [Alphabet 23 Jul ↗](…) · [Meta 31 Jul ↗](…)". */
const publishedLine = ({ label, sources }: SourceLine): string =>
  `${inLine(label, TEXT_LIMITS.label)} ${sources
    .map(({ text, link }) => maskedLink(gluedWhole(`${clipLine(text, TEXT_LIMITS.aside)} ↗`), link))
    .join(' · ')}`;

/** The text, and an arrow that leads to the message. */
const noteOf = ({ text, link }: MessageNote): string =>
  [inLine(text, TEXT_LIMITS.lead), link === undefined ? '' : maskedLink('↗', link)]
    .filter((part) => part !== '')
    .join(' ');

const bold = (text: string): string => (text === '' ? '' : `**${escapeText(text)}**`);
