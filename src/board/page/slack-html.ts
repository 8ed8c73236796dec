import type { Card, Row, Section } from '../../cards/card.ts';
import { actionsHtml } from './actions-html.ts';
import { type Html, html } from './html.ts';
import { leadLine } from './lead-line.ts';
import { chatPictureHtml } from './picture-html.ts';
import { sourceLink } from './source-link.ts';
import { tableHtml } from './table-html.ts';

/** A card about as Slack shows it: header, sections, picture, context, on white. */
export const slackHtml = (card: Card, time: Html): Html => html`<div class="slack">
<span class="avatar" aria-hidden="true">▼</span>
<div class="message">
<p class="author"><b>Slidewatch</b> <span class="app">APP</span> ${time}</p>
<h3>${card.title}${mark(card)}</h3>
<div class="block">${card.lead.map((line) => html`<p>${leadLine(line)}</p>`)}</div>
${card.picture && chatPictureHtml(card.picture)}
${card.sections.map(sectionHtml)}<div class="context">${card.footer.map((line) => html`<p>${line}</p>`)}</div>
${actionsHtml(card)}</div>
</div>`;

const mark = ({ tag, title }: Card): string => (tag === undefined || title.includes(tag) ? '' : ` · ${tag}`);

const sectionHtml = ({ heading, hint, table, rows }: Section): Html => html`<div class="block">
<p><b>${heading}</b>${hint !== undefined && `  ${hint}`}</p>
${table && tableHtml(table, heading)}${rows.map(rowHtml)}</div>
`;

const rowHtml = ({ label, text, aside, link }: Row): Html => {
  const arrow = link === undefined ? '' : '↗';
  const source = [aside, arrow].filter((part) => part !== undefined && part !== '').join(' ');
  return html`<p>•  ${label !== '' && html`<b>${label}</b>  `}${text}${source !== '' && html`  ${sourceLink(link, source)}`}</p>\n`;
};
