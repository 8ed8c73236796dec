import { formatFigure, formatMarketValueShort } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { symbolInList } from '../../i18n/names.ts';
import { changePercent, formatChange } from '../../i18n/percent.ts';
import type { Micros } from '../../market/money.ts';
import { type Tone, toneBelow } from '../../stories/tone.ts';
import type { QuoteLine } from '../board-view.ts';
import { type Html, html } from './html.ts';
import { symbolPath } from './symbol-page.ts';
import { tradeTimeHtml } from './time-html.ts';

/** A fall of this many percent fills the bar below its number. */
const FULL_BAR_PERCENT = 50;

/** A table of the watched symbols. A trade time is shown with its day if that is not the day of `now` (epoch milliseconds). */
export const quoteTable = (quotes: readonly QuoteLine[], now: number, words: Translator): Html => {
  if (quotes.length === 0) return html`<p class="quiet">${words.say('board.prices.nothing')}</p>`;
  return html`<table class="quotes">
<thead><tr>
<th scope="col">${words.say('board.prices.symbol')}</th>
<th scope="col">${words.say('board.prices.price')}</th>
<th scope="col">${words.say('board.prices.day')}</th>
<th scope="col">${words.say('board.prices.from-peak')}</th>
<th scope="col">${words.say('board.prices.sessions')}</th>
</tr></thead>
<tbody>
${quotes.map((quote) => quoteRow(quote, now, words))}</tbody>
</table>
<p class="quiet small">${words.say('board.prices.units')}</p>`;
};

const quoteRow = (quote: QuoteLine, now: number, words: Translator): Html => {
  const time = quote.at === undefined ? undefined : tradeTimeHtml(words, quote.at, now);
  return html`<tr>
<th scope="row"><a href="${symbolPath(quote.symbol)}">${quote.symbol}</a><small>${symbolInList(words, quote)}</small></th>
<td>${quote.price === undefined ? absent(words) : price(words, quote, quote.price)}${time && html`<small>${time}</small>`}</td>
<td>${changeCell(words, changeOf(quote.price, quote.previous))}</td>
<td>${depthCell(words, changeOf(quote.price, quote.peak))}</td>
<td>${quote.sessionsSincePeak ?? absent(words)}</td>
</tr>
${quote.problem && html`<tr class="problem"><td colspan="5"><span aria-hidden="true">⚠</span> ${quote.problem}</td></tr>\n`}`;
};

const price = (words: Translator, { unit }: QuoteLine, micros: number): Html =>
  unit === 'usd-billions'
    ? html`<span class="sum">${formatMarketValueShort(words, micros)}</span>`
    : html`${formatFigure(words, micros, unit)}`;

interface Change {
  /** To one decimal. */
  readonly percent: number;
  readonly tone: Tone;
}

const changeOf = (price: Micros | undefined, base: Micros | undefined): Change | undefined =>
  price === undefined || base === undefined
    ? undefined
    : { percent: changePercent(price, base), tone: toneBelow(price, [base]) };

const changeCell = (words: Translator, change: Change | undefined): Html =>
  change ? html`<span class="tone-${change.tone}">${formatChange(words, change.percent)}</span>` : absent(words);

/** The change, and under it a bar as long as the fall is deep. */
const depthCell = (words: Translator, change: Change | undefined): Html => {
  if (!change) return absent(words);
  const filled = Math.min(Math.max(-change.percent / FULL_BAR_PERCENT, 0), 1) * 100;
  return html`${changeCell(words, change)}<svg class="depth tone-${change.tone}" width="56" height="4" aria-hidden="true"><rect class="lane" width="100%" height="4" rx="2"/><rect width="${filled.toFixed(1)}%" height="4" rx="2" fill="currentColor"/></svg>`;
};

const absent = (words: Translator): Html =>
  html`<span class="quiet" aria-hidden="true">–</span><span class="aloud">${words.say('board.prices.unknown')}</span>`;
