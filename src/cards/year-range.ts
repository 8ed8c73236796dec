import { formatTrillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { fromMicros, type Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Grid } from './card.ts';

/** The lowest and the highest close of a year, today's price among them. */
export interface YearRange {
  readonly low: Micros;
  readonly high: Micros;
}

/** Characters of the bar. */
const BAR_WIDTH = 10;

/** The price within a range: "───────●──". In the middle if low = high. */
export const rangeBar = (price: number, { low, high }: YearRange): string => {
  const position = high > low ? (price - low) / (high - low) : 0.5;
  const at = Math.round(Math.min(Math.max(position, 0), 1) * (BAR_WIDTH - 1));
  return `${'─'.repeat(at)}●${'─'.repeat(BAR_WIDTH - 1 - at)}`;
};

/** Prices below this are not rounded to whole numbers. */
const WHOLE_FROM = 10;

/** A price in at most five characters: "40", "18647", "14T", "3.25". */
const briefPrice = (words: Translator, price: Micros, unit: PriceUnit): string => {
  if (unit === 'usd-billions') return formatTrillions(words, price, 2);
  const value = fromMicros(price);
  return formatNumber(words.language, value, {
    useGrouping: false,
    ...(value < WHOLE_FROM ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }),
  });
};

/** A symbol and where it stands in its year. */
export interface RangeRow {
  readonly symbol: string;
  readonly unit: PriceUnit;
  readonly price: Micros;
  readonly range: YearRange;
}

/** Ticker, low, bar, high in 28 columns. `head`: what the range is of. */
export const rangeGrid = (words: Translator, rows: readonly RangeRow[], head: string): Grid => ({
  columns: [
    { title: head, align: 'left' },
    { title: words.say('quote.range.brief.low'), align: 'right' },
    { title: '', align: 'left' },
    { title: words.say('quote.range.brief.high'), align: 'right' },
  ],
  rows: rows.map(({ symbol, unit, price, range }) => [
    symbol,
    briefPrice(words, range.low, unit),
    rangeBar(price, range),
    briefPrice(words, range.high, unit),
  ]),
  widths: [6, 5, 11, 6],
});
