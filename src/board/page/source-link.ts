import { type Html, html } from './html.ts';

/** A link to a source; the words alone where the address is no plain https address. */
export const sourceLink = (address: string | undefined, words: Html | string): Html => {
  const url = address === undefined ? null : URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return html`${words}`;
  return html`<a href="${url.href}" rel="noopener noreferrer">${words}</a>`;
};
