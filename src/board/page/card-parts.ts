import { actionRows } from '../../cards/action-rows.ts';
import {
  type Action,
  type Card,
  ENTRY_SEPARATOR,
  type Picture,
  type SourceLine,
  type Table,
} from '../../cards/card.ts';
import { gluedWhole } from '../../cards/glue.ts';
import { chartSvg } from '../../charts/svg.ts';
import type { ThemeName } from '../../charts/theme.ts';
import type { ChartSpec } from '../../stories/chart-spec.ts';
import { type Html, html, trusted } from './html.ts';

/** The author line and the avatar of a post in a chat, around its content. */
export const chatMessage = (style: string, time: Html, content: Html): Html => html`<div class="chat ${style}">
<span class="avatar" aria-hidden="true">▼</span>
<div class="message">
<p class="author"><b>Slidewatch</b> <span class="app">APP</span> ${time}</p>
${content}</div>
</div>`;

/** A title whose leading sign, such as ▼, has the tone of the card. */
export const titleHtml = (title: string): Html => {
  const [, sign, rest] = /^([▼▲■◐])(\s.*)$/su.exec(title) ?? [];
  return sign === undefined ? html`${title}` : html`<span class="sign">${sign}</span>${rest}`;
};

/** A line of the lead; a list breaks only between its entries. */
export const leadLine = (line: string): Html => {
  const entries = line.split(ENTRY_SEPARATOR);
  if (entries.length === 1) return html`${line}`;
  return html`${entries.map((entry, index) => html`${index > 0 && ENTRY_SEPARATOR}<span class="entry">${entry}</span>`)}`;
};

/** Drawn once a chart, by theme and palette: open pages ask for the same cards at each poll. */
const drawn = new WeakMap<ChartSpec, Map<string, Html>>();

const svgOf = (chart: ChartSpec, theme: ThemeName, falls: Card['falls']): Html => {
  const known = drawn.get(chart) ?? new Map<string, Html>();
  const key = `${theme}/${falls}`;
  const svg = known.get(key) ?? trusted(chartSvg(chart, theme, falls));
  drawn.set(chart, known.set(key, svg));
  return svg;
};

/** The picture for the reader's colour scheme; screen readers get its text alternative only. */
export const pictureHtml = ({ alt, chart }: Picture, falls: Card['falls']): Html => html`<figure>
<div class="in-dark" aria-hidden="true">${svgOf(chart, 'dark', falls)}</div>
<div class="in-light" aria-hidden="true">${svgOf(chart, 'light', falls)}</div>
<figcaption class="aloud">${alt}</figcaption>
</figure>`;

/** The dark picture, which chats get. */
export const chatPictureHtml = ({ alt, chart }: Picture, falls: Card['falls']): Html => html`<figure>
<div aria-hidden="true">${svgOf(chart, 'dark', falls)}</div>
<figcaption class="aloud">${alt}</figcaption>
</figure>`;

/** A table of figures; a wide one scrolls sideways. */
export const tableHtml = ({ columns, rows }: Table, heading: string): Html => {
  const alignOf = (index: number): string => columns[index]?.align ?? 'left';
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${heading}">
<table class="figures">
<thead><tr>${columns.map(({ title, align }) => html`<th scope="col" class="${align}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ([name = '', ...cells]) =>
    html`<tr><th scope="row" class="${alignOf(0)}">${name}</th>${cells.map((cell, index) => html`<td class="${alignOf(index + 1)}">${cell}</td>`)}</tr>\n`,
)}</tbody>
</table>
</div>
`;
};

/** A link to a source; only the text if the URL is not https or contains credentials. */
export const sourceLink = (address: string | undefined, text: Html | string): Html => {
  const url = address === undefined ? null : URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return html`${text}`;
  return html`<a href="${url.href}" rel="noopener noreferrer">${text}</a>`;
};

/** "Published Alphabet 23 Jul ↗ · Meta 31 Jul ↗". */
export const publishedHtml = ({ label, sources }: SourceLine): Html =>
  html`${label} ${sources.map(({ text, link }, at) => html`${at > 0 && ' · '}${sourceLink(link, gluedWhole(`${text} ↗`))}`)}`;

const chipHtml = ({ label, chosen }: Action): Html =>
  chosen
    ? html`<span class="chip chosen" aria-current="true">${label}</span> `
    : html`<span class="chip">${label}</span> `;

/** The buttons of a card as chats show them, at most `perRow` in a row. The board is read-only, so they cannot be pressed. */
export const actionsHtml = ({ actions = [] }: Card, perRow = actions.length): Html =>
  html`${actionRows(actions, perRow).map((row) => html`<p class="actions">${row.map(chipHtml)}</p>\n`)}`;
