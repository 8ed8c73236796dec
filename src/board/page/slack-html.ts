import type { Card, Row, Section } from '../../cards/card.ts';
import { actionsHtml, chatMessage, chatPictureHtml, chatTitle, leadLine, sourceLink, tableHtml } from './card-parts.ts';
import { type Html, html } from './html.ts';

/** A card roughly as Slack shows it: header, sections, picture, context, on white. */
export const slackHtml = (card: Card, time: Html): Html =>
  chatMessage(
    'slack',
    time,
    html`<h3>${chatTitle(card)}</h3>
<div class="block">${card.lead.map((line) => html`<p>${leadLine(line)}</p>`)}</div>
${card.picture && chatPictureHtml(card.picture)}
${card.sections.map(sectionHtml)}<div class="context">${card.footer.map((line) => html`<p>${line}</p>`)}</div>
${actionsHtml(card)}`,
  );

const sectionHtml = ({ heading, hint, table, rows }: Section): Html => html`<div class="block">
<p><b>${heading}</b>${hint !== undefined && `  ${hint}`}</p>
${table && tableHtml(table, heading)}${rows.map(rowHtml)}</div>
`;

const rowHtml = ({ label, text, aside, link }: Row): Html => {
  const arrow = link === undefined ? '' : '↗';
  const source = [aside, arrow].filter((part) => part !== undefined && part !== '').join(' ');
  return html`<p>•  ${label !== '' && html`<b>${label}</b>  `}${text}${source !== '' && html`  ${sourceLink(link, source)}`}</p>\n`;
};
