import type { Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import { sayOr } from '../i18n/names.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/** The usual name of a market data source. */
export const sourceName = (words: Translator, id: string): string => sayOr(words, `source.${id.toLowerCase()}`, id);

interface PriceOrigin {
  /** When the price was traded, epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly delayMinutes?: number;
}

/** Time of the newest price, epoch milliseconds. */
export const newestAt = (prices: readonly PriceOrigin[]): number => Math.max(...prices.map(({ at }) => at));

/** Time, source and delay of a price; of several, the newest time and the longest delay. */
export const priceLine = (words: Translator, prices: readonly PriceOrigin[]): string => {
  const instant = formatInstant(words, newestAt(prices));
  const source = [...new Set(prices.map((price) => sourceName(words, price.source)))].join(', ');
  const delay = Math.max(...prices.map(({ delayMinutes = 0 }) => delayMinutes));
  return delay > 0
    ? words.say('footer.price_delayed', { instant, source, count: delay })
    : words.say('footer.price', { instant, source });
};

/** Footer and time of a card about slides. */
export const slideFooter = (words: Translator, stories: readonly SlideStory[]): { footer: string[]; at: number } => {
  const prices = stories.map(({ observedAt, source, delayMinutes }) => ({ at: observedAt, source, delayMinutes }));
  return {
    footer: [priceLine(words, prices), words.say(stories.every(isOfRise) ? 'footer.beside_rise' : 'footer.beside')],
    at: newestAt(prices),
  };
};
