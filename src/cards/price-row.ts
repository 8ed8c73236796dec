import type { Translator } from '../i18n/catalogue.ts';
import { symbolInList } from '../i18n/names.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin, previousOf, rangeWithin } from '../slides/price-position.ts';
import type { Section } from './card.ts';
import { type PeakRow, peakSection } from './peak-table.ts';
import { isHistoryShort, type PriceReading } from './price-reading.ts';
import type { YearRange } from './year-range.ts';

const rowOf = (words: Translator, watched: Watched): PeakRow => ({
  symbol: watched.symbol,
  name: symbolInList(words, watched),
  unit: unitOf(watched),
});

/** The range of a reading's year; undefined without a year of closes. */
const yearOf = (reading: PriceReading): YearRange | undefined =>
  isHistoryShort(reading) || reading.standing.before.closes.length === 0
    ? undefined
    : rangeWithin(reading.standing, YEAR_SESSIONS);

/** The row of a reading, below the highest close of 252 sessions. */
const priceRow = (words: Translator, reading: PriceReading): PeakRow => {
  const { watched, standing } = reading;
  const range = yearOf(reading);
  return {
    ...rowOf(words, watched),
    price: {
      price: standing.price,
      previous: previousOf(standing),
      peak: peakWithin(standing, YEAR_SESSIONS),
      ...(range && { range }),
    },
  };
};

/** The prices of several symbols below their peaks; `without`: those that have none. */
export const pricesSection = (
  words: Translator,
  readings: readonly PriceReading[],
  without: readonly Watched[],
  last?: 'range',
): Section =>
  peakSection(
    words,
    [...readings.map((reading) => priceRow(words, reading)), ...without.map((watched) => rowOf(words, watched))],
    last,
  );
