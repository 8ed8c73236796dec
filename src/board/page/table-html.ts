import type { Table } from '../../cards/card.ts';
import { type Html, html } from './html.ts';

/** Figures side by side: the titles name the columns, the first cell names its row. Scrolls by itself where it is wide. */
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
