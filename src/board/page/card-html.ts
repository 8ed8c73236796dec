import type { Card, Row, Section } from '../../cards/card.ts';
import { gluedNumbers } from '../../cards/glue.ts';
import { actionsHtml, leadLine, pictureHtml, publishedHtml, sourceLink, tableHtml, titleHtml } from './card-parts.ts';
import { type Html, html } from './html.ts';

/** A card in the board's own style, with the text of the chats in the same order. */
export const cardHtml = (card: Card): Html => html`<div class="card edge-${card.tone}">
<header><h3>${titleHtml(card.title)}</h3>${card.tag !== undefined && html`<span class="tag">${card.tag}</span>`}</header>
${card.lead.map((line) => html`<p class="lead">${leadLine(line)}</p>\n`)}${card.quiet !== undefined && html`<p class="hint">${card.quiet}</p>\n`}${card.picture && pictureHtml(card.picture, card.falls)}
${card.sections.map(sectionHtml)}<footer>${card.published && html`<p>${publishedHtml(card.published)}</p>`}${card.footer.map((line) => html`<p>${line}</p>`)}</footer>
${actionsHtml(card)}</div>`;

const sectionHtml = ({ heading, hint, table, note, rows }: Section): Html => html`<section>
${
  heading !== '' &&
  html`<h4>${heading}${hint !== undefined && html` <span class="hint">${hint}</span>`}</h4>
`
}${table && tableHtml(table, heading || (note ?? ''))}${
  note !== undefined &&
  html`<p class="hint">${note}</p>
`
}${
  rows.length > 0 &&
  html`<ul class="rows">
${rows.map(rowHtml)}</ul>
`
}</section>
`;

const rowHtml = ({ label, text, aside, asideInFull = aside, link, mark = '' }: Row): Html =>
  html`<li>${label !== '' && html`<b>${label}</b> `}<span class="text">${text}</span>${source(asideInFull, link, mark)}</li>
`;

/** What stands under the text: the source, and the mark behind it. */
const source = (aside: string | undefined, link: string | undefined, mark: string): Html => {
  if (aside === undefined && link === undefined && mark === '') return html``;
  const arrow = link === undefined ? '' : html`<span aria-hidden="true">↗</span>`;
  return html` <span class="aside">${sourceLink(link, html`${aside !== undefined && `${gluedNumbers(aside)} `}${arrow}`)}${mark !== '' && `\u00a0${mark}`}</span>`;
};
