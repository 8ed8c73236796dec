import { formatFigure, formatMarketValueShort } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate } from '../../i18n/dates.ts';
import { symbolInList } from '../../i18n/names.ts';
import { changePercent, formatChange } from '../../i18n/percent.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import type { Micros } from '../../market/money.ts';
import { type DayTone, dayTone } from '../../stories/day-tone.ts';
import { toneBelow } from '../../stories/tone.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import type { QuoteLine } from '../board-view.ts';
import { type Html, html } from './html.ts';
import { directionOf, isReference, type QuoteSort, type SortColumn, sortBy, sorted } from './quote-sort.ts';
import { symbolPath } from './symbol-page.ts';
import { tradeTimeHtml } from './time-html.ts';

/** A fall of this many percent fills the bar beside its number. */
const FULL_BAR_PERCENT = 40;

/** A trade that is older than the newest by this much has its time beside it. */
const OLDER_MS = 10 * MINUTE_MS;

/** Size of the coordinates of a sparkline. */
const SPARK = { width: 88, height: 28 } as const;

export interface QuoteTable {
  readonly sort: QuoteSort;
  /** The address of the page in another order. */
  addressOf(sort: QuoteSort): string;
  /** Epoch milliseconds: a trade time is shown with its day if that is another. */
  readonly now: number;
}

/** A table of the watched symbols: the companies in an order that its heads change, then what they are measured by. */
export const quoteTable = (quotes: readonly QuoteLine[], table: QuoteTable, words: Translator): Html => {
  if (quotes.length === 0) return html`<p class="quiet">${words.say('board.prices.nothing')}</p>`;
  const newest = newestTradeOf(quotes);
  const hasReports = quotes.some(({ reports }) => reports !== undefined);
  const head = (column: SortColumn): Html => sortHead(words, column, table);
  return html`<table class="quotes">
<thead><tr>${head('symbol')}<th scope="col" class="spark-cell">${words.say('board.prices.three-months')}</th>${head('price')}${head('day')}${head('from-peak')}${head('sessions')}${hasReports && head('reports')}</tr></thead>
<tbody>
${sorted(quotes, table.sort).map((quote) => quoteRow(words, quote, { newest, hasReports, now: table.now }))}</tbody>
</table>
<p class="quiet small">${words.say('board.prices.units')}</p>`;
};

/** Epoch milliseconds of the newest trade; undefined if there is none. */
export const newestTradeOf = (quotes: readonly QuoteLine[]): number | undefined => {
  const times = quotes.flatMap(({ at }) => at ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
};

const sortHead = (words: Translator, column: SortColumn, { sort, addressOf }: QuoteTable): Html => {
  const isSorted = sort.column === column;
  const direction = directionOf(sort);
  return html`<th scope="col" class="${column}-cell"${isSorted && html` aria-sort="${direction}"`}><a id="sort-${column}" data-exchange href="${addressOf(sortBy(column, sort))}">${words.say(`board.prices.${column}`)}${isSorted && html` <span aria-hidden="true">${direction === 'ascending' ? '↑' : '↓'}</span>`}</a></th>`;
};

interface Around {
  /** Epoch milliseconds of the newest trade. */
  readonly newest: number | undefined;
  /** Whether there is a column for the next reports. */
  readonly hasReports: boolean;
  readonly now: number;
}

const quoteRow = (words: Translator, quote: QuoteLine, { newest, hasReports, now }: Around): Html => {
  const { symbol, price, previous, peak, at, problem, unit } = quote;
  const isOlder = at !== undefined && newest !== undefined && newest - at >= OLDER_MS;
  const day = percentOf(price, previous);
  const dayToneOf = (percent: number): DayTone =>
    price === undefined || previous === undefined ? 'calm' : dayTone({ price, previous, unit }, percent);
  return html`<tr${isReference(quote) && html` class="reference"`}>
<th scope="row"><a href="${symbolPath(symbol)}">${symbolInList(words, quote)}</a><small>${symbol}</small></th>
<td class="spark-cell">${spark(quote)}</td>
<td>${price === undefined ? absent(words) : figureOf(words, quote, price)}${isOlder && html`<small>${tradeTimeHtml(words, at, now)}</small>`}</td>
<td>${day === undefined ? absent(words) : html`<b class="tone-${dayToneOf(day)}">${formatChange(words, day)}</b>`}</td>
<td>${depthCell(words, price, peak)}</td>
<td class="sessions-cell">${quote.sessionsSincePeak ?? absent(words)}</td>
${hasReports && html`<td class="reports-cell">${reportsHtml(words, quote, newYorkDay(now))}</td>`}
</tr>
${problem && html`<tr class="problem"><td colspan="${hasReports ? 7 : 6}"><span aria-hidden="true">⚠</span> ${problem}</td></tr>\n`}`;
};

const reportsHtml = (words: Translator, { reports }: QuoteLine, today: string): Html | string => {
  if (reports === undefined) return '';
  return html`<time datetime="${reports}">${reports === today ? words.say('board.prices.today') : formatDate(words, reports, today)}</time>`;
};

const figureOf = (words: Translator, { unit }: QuoteLine, micros: number): Html =>
  unit === 'usd-billions'
    ? html`<span class="sum">${formatMarketValueShort(words, micros)}</span>`
    : html`${formatFigure(words, micros, unit)}`;

/** To one decimal. */
const percentOf = (price: Micros | undefined, base: Micros | undefined): number | undefined =>
  price === undefined || base === undefined ? undefined : changePercent(price, base);

/** The last three months as a line, without a scale: what the table has no column for. */
const spark = ({ recent = [], price, previous }: QuoteLine): Html => {
  if (recent.length < 2) return html``;
  const low = Math.min(...recent);
  const range = Math.max(...recent) - low || 1;
  const points = recent.map((close, at): [number, number] => [
    Math.round((at / (recent.length - 1)) * SPARK.width),
    Math.round((1 - (close - low) / range) * SPARK.height),
  ]);
  // Steps from point to point are shorter than places.
  const steps = points
    .slice(1)
    .map(([x, y], at) => `${x - (points[at]?.[0] ?? 0)} ${y - (points[at]?.[1] ?? 0)}`)
    .join(' ');
  const isUp = price !== undefined && previous !== undefined && price > previous;
  return html`<svg class="spark${isUp && ' up'}" viewBox="-2 -2 ${SPARK.width + 4} ${SPARK.height + 4}" width="88" height="30" aria-hidden="true"><path d="M${(points[0] ?? []).join(' ')}l${steps.replaceAll(' -', '-')}"/></svg>`;
};

/** A bar as long as the fall is deep, and the fall. */
const depthCell = (words: Translator, price: Micros | undefined, peak: Micros | undefined): Html => {
  const percent = percentOf(price, peak);
  if (percent === undefined || price === undefined) return absent(words);
  const filled = Math.min(Math.max(-percent / FULL_BAR_PERCENT, 0), 1) * 100;
  const tone = toneBelow(price, [peak]);
  return html`<span class="depth-cell"><svg class="depth tone-${tone}" aria-hidden="true"><rect class="lane" width="100%" height="100%" rx="3"/><rect width="${filled.toFixed(1)}%" height="100%" rx="3" fill="currentColor"/></svg><b class="tone-${tone}">${formatChange(words, percent)}</b></span>`;
};

const absent = (words: Translator): Html =>
  html`<span class="quiet" aria-hidden="true">–</span><span class="aloud">${words.say('board.prices.unknown')}</span>`;
