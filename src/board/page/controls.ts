import type { Translator } from '../../i18n/catalogue.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { type Html, html } from './html.ts';

/** A link that shows the same page with another filter. */
export interface ChipLink {
  readonly text: string;
  readonly href: string;
  readonly isChosen: boolean;
  readonly count?: number;
}

/** A row of such links. */
export const chipLinks = (words: Translator, label: string, chips: readonly ChipLink[]): Html =>
  html`<nav class="chips" aria-label="${label}">${chips.map(
    ({ text, href, isChosen, count }) =>
      html`<a href="${href}"${isChosen && html` aria-current="true"`}>${text}${count !== undefined && html` <span class="quiet">${formatNumber(words.language, count, {})}</span>`}</a> `,
  )}</nav>`;

/** A field of a form; its first option, with an empty value, is `all`. */
export const selectField = (
  name: string,
  label: string,
  all: string,
  options: readonly { readonly value: string; readonly text: string }[],
  chosen: string | undefined,
): Html =>
  html`<label>${label} <select name="${name}"><option value="">${all}</option>${options.map(
    ({ value, text }) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></label>
`;

/** Links to the pages before and after. `text`: where in the list this one is. */
export const pager = (
  words: Translator,
  text: string,
  { newer, older }: { readonly newer?: string | undefined; readonly older?: string | undefined },
): Html =>
  html`<p class="pager"><span class="quiet small">${text}</span><span class="steps">${
    newer !== undefined && html`<a class="button" href="${newer}" rel="prev">‹ ${words.say('board.newer')}</a> `
  }${older !== undefined && html`<a class="button" href="${older}" rel="next">${words.say('board.older')} ›</a>`}</span></p>`;
