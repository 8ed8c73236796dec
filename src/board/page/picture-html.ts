import type { Picture } from '../../cards/card.ts';
import { chartSvg } from '../../charts/svg.ts';
import { type Html, html, trusted } from './html.ts';

/** The picture for the reader's colour scheme, with its alternative text as the one thing that is read aloud. */
export const pictureHtml = ({ alt, chart }: Picture): Html => html`<figure>
<div class="in-dark" aria-hidden="true">${trusted(chartSvg(chart, 'dark'))}</div>
<div class="in-light" aria-hidden="true">${trusted(chartSvg(chart, 'light'))}</div>
<figcaption class="aloud">${alt}</figcaption>
</figure>`;

/** The dark picture, which is the one that chats get. */
export const chatPictureHtml = ({ alt, chart }: Picture): Html => html`<figure>
<div aria-hidden="true">${trusted(chartSvg(chart, 'dark'))}</div>
<figcaption class="aloud">${alt}</figcaption>
</figure>`;
