import type { Translator } from '../../i18n/catalogue.ts';
import type { Health, QuoteLine } from '../board-view.ts';
import { type Html, html } from './html.ts';
import { instantHtml } from './time-html.ts';

/** Says that there are no prices, why, and what happens next; nothing while there are some. */
export const banner = (health: Health, quotes: readonly QuoteLine[], words: Translator): Html => {
  const { noPricesBecause, lastQuoteAt } = health;
  if (noPricesBecause === undefined && quotes.some(({ price }) => price !== undefined)) return html``;
  const last =
    lastQuoteAt === undefined ? '' : html` ${words.say('board.last-price')}: ${instantHtml(words, lastQuoteAt)}.`;
  return html`<section class="banner">
<h2><span aria-hidden="true">⚠</span> ${words.say('board.no-prices.title')}</h2>
<p class="why">${noPricesBecause ?? words.say('board.no-prices.yet')}</p>
<p>${words.say('board.no-prices.trying')}${last}</p>
</section>`;
};
