import { formatFigure, formatMarketValueShort } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin, previousOf } from '../slides/price-position.ts';
import type { Section } from './card.ts';
import { type PeakRow, peakTable } from './peak-table.ts';
import type { PriceReading } from './price-reading.ts';

/** The row of a reading: its figure without a unit, below the highest close of 252 sessions. */
const priceRow = (words: Translator, { watched, standing }: PriceReading): PeakRow => {
  const { price } = standing;
  return {
    symbol: watched.symbol,
    price: {
      text: watched.sumOf ? formatMarketValueShort(words, price) : formatFigure(words, price, unitOf(watched)),
      price,
      previous: previousOf(standing),
      peak: peakWithin(standing, YEAR_SESSIONS),
    },
  };
};

/** The prices of several symbols below their peaks; `without`: those that have none. */
export const peakSection = (
  words: Translator,
  readings: readonly PriceReading[],
  without: readonly Watched[],
): Section => ({
  heading: words.say('drawdown.table.heading'),
  hint: words.say('drawdown.table.hint'),
  rows: [],
  table: peakTable(
    words,
    [...readings.map((reading) => priceRow(words, reading)), ...without.map(({ symbol }) => ({ symbol }))],
    1,
  ),
});
