import type { Card, Row, Section } from '../../cards/card.ts';
import { actionsHtml, chatMessage, chatPictureHtml, chatTitle, leadLine, sourceLink, tableHtml } from './card-parts.ts';
import { type Html, html } from './html.ts';

/** A card roughly as Discord shows it: a dark container with an edge in the card's tone. */
export const discordHtml = (card: Card, time: Html): Html =>
  chatMessage(
    'discord',
    time,
    html`<div class="container edge-${card.tone}">
<h3>${chatTitle(card)}</h3>
${card.lead.map((line) => html`<p class="lead">${leadLine(line)}</p>\n`)}${card.picture && chatPictureHtml(card.picture)}
${card.sections.map(sectionHtml)}<hr>
${card.footer.map((line) => html`<p class="subtext">${line}</p>`)}
${actionsHtml(card)}</div>
`,
  );

const sectionHtml = ({ heading, hint, table, rows }: Section): Html => html`<hr>
<p><b>${heading}</b>${hint !== undefined && ` · ${hint}`}</p>
${table && tableHtml(table, heading)}${rows.map(rowHtml)}`;

const rowHtml = ({ label, text, aside, link }: Row): Html => {
  const source = aside === undefined && link === undefined ? '' : html` · ${sourceLink(link, aside ?? '↗')}`;
  return html`<p>${label !== '' && html`<b>${label}</b> `}${text}${source}</p>\n`;
};
