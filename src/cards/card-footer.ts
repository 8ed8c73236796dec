import type { Translator } from '../i18n/catalogue.ts';
import { formatInstant } from '../i18n/dates.ts';
import { sayOr } from '../i18n/names.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Section } from './card.ts';
import { legendLines } from './legend.ts';

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

/** Time and source of prices, what the marks of the sections mean, and that figures explain nothing. */
export const figuresFooter = (
  words: Translator,
  prices: readonly PriceOrigin[],
  sections: readonly Section[],
  beside: 'footer.beside' | 'footer.beside_rise' = 'footer.beside',
): string[] => [priceLine(words, prices), ...legendLines(words, sections), words.say(beside)];

/** Footer and time of a card about slides with these sections. */
export const slideFooter = (
  words: Translator,
  stories: readonly SlideStory[],
  sections: readonly Section[],
): { footer: string[]; at: number } => {
  const prices = stories.map(({ observedAt, source, delayMinutes }) => ({ at: observedAt, source, delayMinutes }));
  const beside = stories.every(isOfRise) ? 'footer.beside_rise' : 'footer.beside';
  return { footer: figuresFooter(words, prices, sections, beside), at: newestAt(prices) };
};
