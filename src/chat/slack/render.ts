import type { types } from '@slack/bolt';
import type { Card, MessageNote, Row, Section } from '../../cards/card.ts';
import { BESIDE_SENDER, gluedNumbers, gluedRanges, gluedWhole, halvesOf } from '../../cards/glue.ts';
import { type OmittedRows, omittedRowsOf } from '../../cards/omitted-rows.ts';
import { isOneLine } from '../../cards/one-line.ts';
import { footerLines } from '../../cards/tagged-footer.ts';
import { clip } from '../plain-text.ts';
import { actionBlocks, answerBlockId } from './buttons.ts';
import { type BlockPart, fitParts, roomWith } from './fit.ts';
import { limits } from './limits.ts';
import { escapeText, plain } from './mrkdwn.ts';
import { bold, joined, linked, type RichElement, richBlock, richLength, struck, words } from './rich-text.ts';
import { fitsTableBlock, monospacePart, tablePart } from './tables.ts';

export interface Rendered {
  /** Title and first line, for notifications: they stand alone. */
  readonly text: string;
  /** The card's blocks; with its picture if `fileId`, the id of a processed Slack file, is given. */
  blocks(fileId?: string): types.KnownBlock[];
}

/** A file id of maximum length, which reserves room for the picture whether or not it is there yet. */
const LONGEST_FILE_ID = 'F'.repeat(16);

const header = (card: Card): types.HeaderBlock => ({
  type: 'header',
  text: {
    type: 'plain_text',
    text: plain(gluedRanges(card.title), limits.header) || 'Slidewatch',
    emoji: false,
  },
});

/** Lines of plain text. Drops whole lines, so that no number is cut. */
const textLines = (all: readonly string[], max: number, more: OmittedRows): string => {
  const withNote = (kept: readonly string[], of: number): string =>
    [...kept, ...(kept.length < of ? [more(of - kept.length)] : [])].join('\n');
  const flat = all.map((line) => plain(line, max)).filter((line) => line !== '');
  const kept = [...flat];
  while (kept.length > 1 && withNote(kept, flat.length).length > max) kept.pop();
  return clip(withNote(kept, flat.length), max);
};

/** The lines of the lead, with the beginning of the first in bold if that is what matters most. */
const lead = (card: Card): types.KnownBlock[] => {
  // A title that is cut in the header is repeated in full.
  const title = gluedRanges(card.title).length > limits.header ? [card.title] : [];
  const text = gluedNumbers(textLines([...title, ...card.lead], limits.section, omittedRowsOf(card)));
  const strong = gluedNumbers(plain(card.strong ?? '', limits.section));
  if (strong !== '' && text.startsWith(strong))
    return [richBlock([...bold(strong), ...words(text.slice(strong.length))])];
  return text === '' ? [] : [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }];
};

const context = (text: string): types.ContextBlock[] =>
  text === '' ? [] : [{ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }];

/** The quieter line below the lead. */
const quiet = ({ quiet: line = '' }: Card): types.ContextBlock[] =>
  context(gluedNumbers(plain(line, limits.contextElement)));

/** What the card said before it was withdrawn. */
const struckLines = ({ struck: lines = [] }: Card): types.RichTextBlock[] =>
  lines.length === 0
    ? []
    : [
        richBlock(
          joined(
            lines.map((line) => struck(gluedNumbers(plain(line, 1_000)))),
            '\n',
          ),
        ),
      ];

const noteElements = ({ text, link }: MessageNote): RichElement[] => [
  ...words(plain(text, 1_000)),
  ...(link === undefined ? [] : joined([[], linked(link, '↗')], ' ')),
];

/** What has become of the card, and what it goes on from. */
const notes = ({ updates = [], earlier }: Card): types.RichTextBlock[] => {
  const all = [...updates, ...(earlier === undefined ? [] : [earlier])];
  return all.length === 0 ? [] : [richBlock(joined(all.map(noteElements), '\n'))];
};

const picture = (card: Card, fileId: string | undefined): types.ImageBlock[] =>
  card.picture === undefined || fileId === undefined
    ? []
    : [
        {
          type: 'image',
          slack_file: { id: fileId },
          alt_text: plain(card.picture.alt, limits.altText) || plain(card.title, limits.altText) || 'Chart',
        },
      ];

/** `**Alphabet** $13.2B capex, +91% [Apr–Jun · 23 Jul ↗](https://…) ◦`. */
const rowLine = (row: Row): RichElement[] => {
  const clipped = { ...row, label: plain(row.label, 200), text: plain(row.text, 1_000) };
  const half = halvesOf(clipped, plain(row.asideInFull ?? row.aside ?? '', 200), BESIDE_SENDER);
  const source = row.link === undefined ? words(half.source) : linked(row.link, half.source);
  return joined([bold(half.label), words(half.between + half.text + half.separator), source, words(half.mark)], '');
};

const textPart = (head: readonly RichElement[], rows: readonly RichElement[][], more: OmittedRows): BlockPart => {
  const text = (kept: number, dropped: number): RichElement[] =>
    joined(
      [...(head.length === 0 ? [] : [head]), ...rows.slice(0, kept), ...(dropped > 0 ? [words(more(dropped))] : [])],
      '\n',
    );
  return {
    rows: rows.length,
    fits: (kept, dropped) => richLength(text(kept, dropped)) <= limits.section,
    draw: (kept, dropped) => richBlock(text(kept, dropped)),
  };
};

/** A quiet line below a table. */
const notePart = (note: string): BlockPart => ({
  rows: 0,
  fits: () => true,
  draw: () => ({
    type: 'context',
    elements: [{ type: 'plain_text', text: plain(note, limits.contextElement) || '…', emoji: false }],
  }),
});

const headOf = ({ heading, hint }: Section): RichElement[] =>
  joined(
    [bold(plain(heading, 120)), words(plain(hint ?? '', 200))].filter((part) => part.length > 0),
    ' ',
  );

const hasTable = ({ table }: Section): boolean => table !== undefined && table.columns.length > 0;

/** The parts of all sections: Slack's own table block for the first `limits.tables` tables, aligned text for the others. */
const partsOf = (card: Card): BlockPart[] => {
  const { sections } = card;
  const more = omittedRowsOf(card);
  const withTableBlock = new Set(
    sections.filter(({ table }) => table !== undefined && fitsTableBlock(table)).slice(0, limits.tables),
  );
  return sections.flatMap((section) => {
    const head = headOf(section);
    const rows = section.rows.map(rowLine);
    const { table, note } = section;
    if (isOneLine(section)) return [textPart([], [joined([head, ...rows], ' ')], more)];
    if (table === undefined || !hasTable(section))
      return head.length === 0 && rows.length === 0 ? [] : [textPart(head, rows, more)];
    const isBlock = withTableBlock.has(section);
    if (!isBlock && table.listed) return [textPart(head, [...table.listed.map(rowLine), ...rows], more)];
    return [
      ...(head.length === 0 ? [] : [textPart(head, [], more)]),
      isBlock ? tablePart(table, more) : monospacePart(table, more),
      ...(!isBlock && table.further ? [monospacePart(table.further, more)] : []),
      ...(note === undefined ? [] : [notePart(note)]),
      ...(rows.length === 0 ? [] : [textPart([], rows, more)]),
    ];
  });
};

/** "Published Alphabet 23 Jul ↗ · Meta 31 Jul ↗", linked. */
const published = ({ published: line }: Card): types.RichTextBlock[] => {
  if (!line) return [];
  const links = line.sources.map(({ text, link }) => linked(link, gluedWhole(`${plain(text, 200)} ↗`)));
  return [richBlock([...words(`${plain(line.label, 200)} `), ...joined(links, ' · ')])];
};

const footer = (card: Card): types.ContextBlock[] =>
  context(gluedNumbers(textLines(footerLines(card), limits.contextElement, omittedRowsOf(card))));

/** Only this user group is pinged: no other text is parsed. */
const pinged = (group: string | undefined): types.SectionBlock[] =>
  group !== undefined && /^S[A-Z0-9]{2,}$/.test(group)
    ? [{ type: 'section', text: { type: 'mrkdwn', text: `<!subteam^${group}>`, verbatim: true } }]
    : [];

/**
 * A card as Slack blocks. Text is `plain_text` or a rich text, neither of which Slack parses. A card that is too long loses whole rows, deterministically. `answerId` marks an answer, whose message its buttons may
 * replace. `ping`: the id of a user group.
 */
export const renderCard = (card: Card, answerId?: string, ping?: string): Rendered => {
  const above = (fileId?: string) => [
    header(card),
    ...lead(card),
    ...quiet(card),
    ...struckLines(card),
    ...notes(card),
    ...picture(card, fileId),
  ];
  const below = [
    ...pinged(ping),
    ...published(card),
    ...footer(card),
    ...actionBlocks(card.actions, answerId && answerBlockId(answerId)),
  ];
  const middle = fitParts(partsOf(card), roomWith([...above(LONGEST_FILE_ID), ...below]));
  return {
    text: escapeText([card.title, ...card.lead.slice(0, 1)].join('\n'), limits.fallback) || 'Slidewatch',
    blocks: (fileId) => [...above(fileId), ...middle, ...below],
  };
};
