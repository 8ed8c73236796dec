import { BUTTONS_PER_ROW } from '../../cards/action-rows.ts';
import type { Card, MessageNote, Row, Section, Table } from '../../cards/card.ts';
import { BESIDE_SENDER, gluedNumbers, gluedRanges, halvesOf } from '../../cards/glue.ts';
import { isOneLine } from '../../cards/one-line.ts';
import { narrowRows } from '../../cards/table-text.ts';
import { footerLines } from '../../cards/tagged-footer.ts';
import {
  actionsHtml,
  chatMessage,
  chatPictureHtml,
  leadLine,
  publishedHtml,
  sourceLink,
  tableHtml,
} from './card-parts.ts';
import { type Html, html } from './html.ts';

/** What a chat's look does with a card; the style sheet `chats.css` has a class of the same name. */
type ChatStyle = (card: Card) => Html;

const rowInner = (row: Row, aside: string | undefined, room?: number): Html => {
  const { label, between, text, separator, source, mark } = halvesOf(row, aside, room);
  return html`${label !== '' && html`<b>${label}</b>${between}`}${text}${separator}${source !== '' && sourceLink(row.link, source)}${mark}`;
};

/** The first line with what matters most in it in bold. */
const strongLine = (line: string, strong = ''): Html =>
  strong !== '' && line.startsWith(strong)
    ? html`<b>${gluedNumbers(strong)}</b>${leadLine(gluedNumbers(line.slice(strong.length)))}`
    : leadLine(gluedNumbers(line));

const leadLines = ({ lead, strong }: Card): Html[] =>
  lead.map((line, at) => strongLine(line, at === 0 ? strong : undefined));

const struckHtml = ({ struck = [] }: Card): Html[] => struck.map((line) => html`<p><s>${gluedNumbers(line)}</s></p>\n`);

const noteHtml = ({ text, link }: MessageNote): Html =>
  html`<p>${gluedNumbers(text)}${link !== undefined && html` ${sourceLink(link, '↗')}`}</p>\n`;

/** Narrow tables in code blocks. */
const codeHtml = (table: Table): Html =>
  html`<pre>${narrowRows(table).join('\n')}</pre>\n${table.further && html`<pre>${narrowRows(table.further).join('\n')}</pre>\n`}`;

const headHtml = ({ heading, hint }: Section): Html =>
  html`${heading !== '' && html`<p><b>${heading}</b>${hint !== undefined && ` ${hint}`}</p>\n`}`;

/** What comes next, on the line of its heading. */
const oneLineHtml = ({ heading, rows }: Section): Html =>
  html`<p><b>${heading}</b> ${rows.map((row) => rowInner(row, row.aside))}</p>\n`;

const discordSection = (section: Section): Html => {
  if (isOneLine(section)) return oneLineHtml(section);
  const { table, note, rows } = section;
  const listed = table?.listed ?? [];
  return html`${headHtml(section)}${table && !table.listed && codeHtml(table)}${[note, table?.narrowNote].map((line) => line !== undefined && html`<p class="subtext">${gluedNumbers(line)}</p>`)}${[...listed, ...rows].map((row) => html`<p>${rowInner(row, row.aside)}</p>\n`)}`;
};

const RULE = html`<hr>\n`;

/** Sections with a rule before them, unless a table begins them. */
const discordSections = ([first, ...others]: Card['sections']): Html => {
  if (first === undefined) return html``;
  const isTable = first.heading === '' && first.table !== undefined && first.table.listed === undefined;
  return html`${!isTable && RULE}${[first, ...others].map((section) => html`<div class="part">${discordSection(section)}</div>\n`)}`;
};

const edgeClass = ({ edge, tone, falls }: Card): string =>
  edge === undefined ? `edge-${tone}${falls === 'blue' ? ' falls-blue' : ''}` : `edge-${edge}`;

/** What became of a card, and what it goes on from. */
const notesOf = ({ updates = [], earlier }: Card): readonly MessageNote[] => [
  ...updates,
  ...(earlier ? [earlier] : []),
];

/** A dark container with the edge of the card, and tables as narrow as on a phone. */
const discord: ChatStyle = (card) => html`<div class="container ${edgeClass(card)}">
<h3>${gluedRanges(card.title)}</h3>
${leadLines(card).map((line) => html`<p class="lead">${line}</p>\n`)}${card.quiet !== undefined && html`<p class="subtext">${gluedNumbers(card.quiet)}</p>\n`}${struckHtml(card)}${notesOf(card).map(noteHtml)}${card.picture && chatPictureHtml(card.picture, card.falls)}
${discordSections(card.sections)}${RULE}${card.published && html`<p class="subtext">${publishedHtml(card.published)}</p>`}${footerLines(card).map((line) => html`<p class="subtext">${gluedNumbers(line)}</p>`)}
${actionsHtml(card, BUTTONS_PER_ROW)}</div>
`;

/** Slack's own table block for a message's first table; others as on a phone. */
const slackTable = (section: Section, isBlock: boolean): Html => {
  const { table, heading, note } = section;
  if (table === undefined) return html``;
  if (isBlock) return tableHtml(table, heading || (note ?? ''));
  return table.listed
    ? html`${table.listed.map((row) => html`<p>${rowInner(row, row.asideInFull ?? row.aside, BESIDE_SENDER)}</p>\n`)}`
    : codeHtml(table);
};

const slackSection = (section: Section, isBlock: boolean): Html => {
  if (isOneLine(section)) return html`<div class="block">${oneLineHtml(section)}</div>\n`;
  const { note, rows } = section;
  return html`<div class="block">
${headHtml(section)}${slackTable(section, isBlock)}${note !== undefined && html`<p class="context">${gluedNumbers(note)}</p>`}${rows.map((row) => html`<p>${rowInner(row, row.asideInFull ?? row.aside, BESIDE_SENDER)}</p>\n`)}</div>
`;
};

const slackSections = ({ sections }: Card): Html[] => {
  const first = sections.findIndex(({ table }) => table !== undefined);
  return sections.map((section, at) => slackSection(section, at === first));
};

/** Header, sections, picture, context, on white. */
const slack: ChatStyle = (card) => html`<h3>${gluedRanges(card.title)}</h3>
<div class="block">${leadLines(card).map((line) => html`<p>${line}</p>`)}</div>
${card.quiet !== undefined && html`<div class="context">${gluedNumbers(card.quiet)}</div>\n`}${struckHtml(card)}${notesOf(card).map(noteHtml)}${card.picture && chatPictureHtml(card.picture, card.falls)}
${slackSections(card)}${card.published && html`<div class="block"><p>${publishedHtml(card.published)}</p></div>\n`}<div class="context">${footerLines(card).map((line) => html`<p>${gluedNumbers(line)}</p>`)}</div>
${actionsHtml(card)}`;

/** Chats whose look the board can roughly take on, by the platform's id. */
const CHAT_STYLES: Readonly<Record<string, ChatStyle>> = { discord, slack };

export const CHAT_STYLE_IDS: readonly string[] = Object.keys(CHAT_STYLES);

/** A card roughly as a chat shows it; undefined for a chat whose look the board does not know. */
export const chatHtml = (id: string, card: Card, time: Html): Html | undefined => {
  const style = Object.hasOwn(CHAT_STYLES, id) ? CHAT_STYLES[id] : undefined;
  return style && chatMessage(id, time, style(card));
};
