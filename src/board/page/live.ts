import type { LiveParts } from '../live-parts.ts';
import { type Html, html, trusted } from './html.ts';

/** The element of a live part. `attributes`: more of them, escaped already. */
export const live = (parts: LiveParts, id: string, tag: 'div' | 'span' = 'div', attributes: Html = html``): Html => {
  const { markup = '', version = '' } = parts[id] ?? {};
  return html`<${trusted(tag)} id="${id}" data-live="${version}"${attributes}>${trusted(markup)}</${trusted(tag)}>`;
};
