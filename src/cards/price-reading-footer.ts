import type { Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import { sourceName } from './card-footer.ts';
import type { PriceReading } from './price-reading.ts';

/** The exchange's hours around the question. */
export interface MarketHours {
  readonly open: boolean;
  /** When it closes, or opens next; epoch milliseconds. */
  readonly until: number;
}

export interface Surroundings {
  readonly market: MarketHours;
  /** Why the last look at the market brought nothing; absent where it did. */
  readonly problem?: string;
}

/** "Market open until 30 Jul 2024 16:00 New York." */
export const marketLine = (words: Translator, { market }: Surroundings): string =>
  words.say(market.open ? 'market.open' : 'market.closed', {
    instant: formatInstant(words, market.until),
  });

/** When the newest of the prices was made, epoch milliseconds. */
export const newestReadAt = (readings: readonly PriceReading[]): number => Math.max(...readings.map(({ at }) => at));

/** Where the price comes from, from when it is and how late it came; then why there is no newer one. Several: the newest. */
export const readingFooter = (words: Translator, readings: readonly PriceReading[], around: Surroundings): string[] => {
  const instant = formatInstant(words, newestReadAt(readings));
  const source = [...new Set(readings.map((reading) => sourceName(words, reading.source)))].join(', ');
  const delay = Math.max(...readings.map(({ delayMinutes }) => delayMinutes));
  const price =
    delay > 0
      ? words.say('footer.price_delayed', { instant, source, count: delay })
      : words.say('footer.price', { instant, source });
  const { problem } = around;
  return problem === undefined ? [price] : [price, words.say('market.no_newer', { problem })];
};
