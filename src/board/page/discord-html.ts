import type { Card, Row, Section } from '../../cards/card.ts';
import { actionsHtml } from './actions-html.ts';
import { type Html, html } from './html.ts';
import { leadLine } from './lead-line.ts';
import { chatPictureHtml } from './picture-html.ts';
import { sourceLink } from './source-link.ts';
import { tableHtml } from './table-html.ts';

/** A card about as Discord shows it: a dark container edged in the card's tone. */
export const discordHtml = (card: Card, time: Html): Html => html`<div class="discord">
<span class="avatar" aria-hidden="true">▼</span>
<div class="message">
<p class="author"><b>Slidewatch</b> <span class="app">APP</span> ${time}</p>
<div class="container edge-${card.tone}">
<h3>${card.title}${mark(card)}</h3>
${card.lead.map((line) => html`<p class="lead">${leadLine(line)}</p>\n`)}${card.picture && chatPictureHtml(card.picture)}
${card.sections.map(sectionHtml)}<hr>
${card.footer.map((line) => html`<p class="subtext">${line}</p>`)}
${actionsHtml(card)}</div>
</div>
</div>`;

const mark = ({ tag, title }: Card): string => (tag === undefined || title.includes(tag) ? '' : ` · ${tag}`);

const sectionHtml = ({ heading, hint, table, rows }: Section): Html => html`<hr>
<p><b>${heading}</b>${hint !== undefined && ` · ${hint}`}</p>
${table && tableHtml(table, heading)}${rows.map(rowHtml)}`;

const rowHtml = ({ label, text, aside, link }: Row): Html => {
  const source = aside === undefined && link === undefined ? '' : html` · ${sourceLink(link, aside ?? '↗')}`;
  return html`<p>${label !== '' && html`<b>${label}</b> `}${text}${source}</p>\n`;
};
