import type { Card, Section } from '../../cards/card.ts';
import { footerLines } from '../../cards/tagged-footer.ts';
import { actionsHtml, chatMessage, chatPictureHtml, leadLine, sourceLink, tableHtml } from './card-parts.ts';
import { type Html, html } from './html.ts';

/** What a chat's look does with a card; the style sheet `chats.css` has a class of the same name. */
type ChatStyle = (card: Card) => Html;

type Row = Section['rows'][number];

const rowHtml = ({ label, text, link, mark }: Row, aside: string | undefined): Html => {
  const arrow = link === undefined ? '' : '↗';
  const place = [aside, arrow].filter((part) => part !== undefined && part !== '').join(' ');
  const between = link === undefined && !text.endsWith(',') ? ' · ' : ' ';
  const source = place !== '' && html`${between}${sourceLink(link, place)}`;
  return html`<p>${label !== '' && html`<b>${label}</b> `}${text}${source}${mark !== undefined && ` ${mark}`}</p>\n`;
};

const discordRow = (row: Row): Html => rowHtml(row, row.aside);

const discordSection = ({ heading, hint, table, note, rows }: Section): Html => html`<hr>
${heading !== '' && html`<p><b>${heading}</b>${hint !== undefined && ` ${hint}`}</p>\n`}${table && tableHtml(table, heading || (note ?? ''))}${note !== undefined && html`<p class="context">${note}</p>`}${rows.map(discordRow)}`;

/** A dark container with an edge in the card's tone. */
const discord: ChatStyle = (
  card,
) => html`<div class="container edge-${card.tone}${card.falls === 'blue' && ' falls-blue'}">
<h3>${card.title}</h3>
${card.lead.map((line) => html`<p class="lead">${leadLine(line)}</p>\n`)}${card.quiet !== undefined && html`<p class="subtext">${card.quiet}</p>\n`}${card.picture && chatPictureHtml(card.picture, card.falls)}
${card.sections.map(discordSection)}<hr>
${footerLines(card).map((line) => html`<p class="subtext">${line}</p>`)}
${actionsHtml(card)}</div>
`;

const slackRow = (row: Row): Html => rowHtml(row, row.asideInFull ?? row.aside);

const slackSection = ({ heading, hint, table, note, rows }: Section): Html => html`<div class="block">
${heading !== '' && html`<p><b>${heading}</b>${hint !== undefined && ` ${hint}`}</p>\n`}${table && tableHtml(table, heading || (note ?? ''))}${note !== undefined && html`<p class="context">${note}</p>`}${rows.map(slackRow)}</div>
`;

/** Header, sections, picture, context, on white. */
const slack: ChatStyle = (card) => html`<h3>${card.title}</h3>
<div class="block">${card.lead.map((line) => html`<p>${leadLine(line)}</p>`)}</div>
${card.quiet !== undefined && html`<div class="context">${card.quiet}</div>\n`}${card.picture && chatPictureHtml(card.picture, card.falls)}
${card.sections.map(slackSection)}<div class="context">${footerLines(card).map((line) => html`<p>${line}</p>`)}</div>
${actionsHtml(card)}`;

/** Chats whose look the board can roughly take on, by the platform's id. */
const CHAT_STYLES: Readonly<Record<string, ChatStyle>> = { discord, slack };

export const CHAT_STYLE_IDS: readonly string[] = Object.keys(CHAT_STYLES);

/** A card roughly as a chat shows it; undefined for a chat whose look the board does not know. */
export const chatHtml = (id: string, card: Card, time: Html): Html | undefined => {
  const style = Object.hasOwn(CHAT_STYLES, id) ? CHAT_STYLES[id] : undefined;
  return style && chatMessage(id, time, style(card));
};
