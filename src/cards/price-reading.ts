import { formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import type { Micros } from '../market/money.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { isDown } from '../slides/compare.ts';
import type { PricePosition } from '../slides/price-position.ts';
import type { Tone } from './card.ts';

/** What an answer says of one symbol: where it stands, since when, and by whose word. */
export interface PriceReading {
  readonly watched: Watched;
  readonly standing: PricePosition;
  /** When the price was traded, epoch milliseconds; for a final one the closing bell of its session. */
  readonly at: number;
  readonly source: string;
  readonly delayMinutes: number;
  /** The day of the question in New York. */
  readonly today: string;
  /** True while the session of the price is under way. */
  readonly open: boolean;
}

/** "Nvidia", "The Nasdaq": English where it has no name in the language. */
export const sentenceName = (words: Translator, { name }: Watched): string => {
  const names: Readonly<Record<string, string>> = name;
  return names[words.language] ?? name.en;
};

/** How many a sentence about it is about, for its verb: the seven are, a company or an index is. */
export const verbCount = ({ sumOf }: Watched): number => sumOf?.length ?? 1;

export const priceIn = (words: Translator, { watched }: Pick<PriceReading, 'watched'>, price: Micros): string =>
  formatPrice(words, price, unitOf(watched));

/** "today", "so far today" while the session runs, or "on 30 Jul". */
export const whenRead = (words: Translator, { standing, today, open }: PriceReading): string => {
  if (standing.session !== today) return words.say('when.on', { date: formatDate(words, standing.session, today) });
  return words.say(open ? 'when.so_far' : 'when.today');
};

/** ▼ for a fall, ▲ for a rise, ■ for neither. */
export const readingMark = (percent: number): string => (percent < 0 ? '▼' : percent > 0 ? '▲' : '■');

/** CARDS: from which depth in basis points a tone counts, the deepest first. */
const TONES = [
  [4000, 'darkred'],
  [2000, 'red'],
  [1000, 'orange'],
  [500, 'amber'],
] as const;

/** The tone of the deepest of the falls from `bases` to `price`, decided on whole numbers. */
export const toneBelow = (price: Micros, bases: readonly (Micros | undefined)[]): Tone => {
  const known = bases.filter((base) => base !== undefined);
  return TONES.find(([level]) => known.some((base) => isDown(price, base, level)))?.[1] ?? 'calm';
};
