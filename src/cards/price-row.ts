import { formatFigure, formatMarketValueShort } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { unitOf } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin, previousOf } from '../slides/price-position.ts';
import type { PeakRow } from './peak-table.ts';
import type { PriceReading } from './price-reading.ts';

/** The row of a reading: its figure without a unit, below the highest close of 252 sessions. */
export const priceRow = (words: Translator, { watched, standing }: PriceReading): PeakRow => {
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
