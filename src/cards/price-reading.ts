import { formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatInstant } from '../i18n/dates.ts';
import type { Micros } from '../market/money.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { PricePosition } from '../slides/price-position.ts';
import { priceLine } from './card-footer.ts';
import { questionTexts } from './question-text.ts';

/** The latest price of a symbol, its history, and where it comes from. */
export interface PriceReading {
  readonly watched: Watched;
  readonly standing: PricePosition;
  /** When the price was traded, epoch milliseconds; for a final close, the close of its session. */
  readonly at: number;
  readonly source: string;
  readonly delayMinutes: number;
  /** The day of the question in New York. */
  readonly today: string;
  /** Whether the exchange is open at the time of the question: then a price of that day may still change. */
  readonly open: boolean;
  /** What is not settled about the price, in a few fixed words; absent for nothing. */
  readonly question?: string;
}

/** The exchange at the time of the question. */
export interface MarketHours {
  readonly open: boolean;
  /** When it closes, or opens next; epoch milliseconds. */
  readonly until: number;
}

export interface Surroundings {
  readonly market: MarketHours;
  /** Why the last poll brought no prices; absent if it did. */
  readonly problem?: string;
}

export const priceIn = (words: Translator, { watched }: Pick<PriceReading, 'watched'>, price: Micros): string =>
  formatPrice(words, price, unitOf(watched));

/** "today", "so far today" during the session, or "on 30 Jul". */
export const whenRead = (words: Translator, { standing, today, open }: PriceReading): string => {
  if (standing.session !== today) return words.say('when.on', { date: formatDate(words, standing.session, today) });
  return words.say(open ? 'when.so_far' : 'when.today');
};

/** The first day of the symbol's history: "2 Jan 2015". */
export const recordStart = (words: Translator, { standing }: PriceReading): string =>
  formatFullDate(words, standing.before.sessions[0] ?? standing.session);

/** Whether the history of a symbol that is not of the watchlist's own is shorter than a year: nothing is said of one then. */
export const isHistoryShort = ({ watched, standing }: Pick<PriceReading, 'watched' | 'standing'>): boolean =>
  watched.custom === true && standing.before.closes.length + 1 < YEAR_SESSIONS;

/** "Market open until 30 Jul 2024 16:00 New York." */
export const marketLine = (words: Translator, { market }: Surroundings): string =>
  words.say(market.open ? 'market.open' : 'market.closed', { instant: formatInstant(words, market.until) });

/** "Not confirmed yet: NVDA: the unit of the price is in doubt." */
const unsettledLine = (words: Translator, readings: readonly PriceReading[]): string[] => {
  const open = readings.flatMap(({ watched, question }) =>
    question === undefined ? [] : [{ symbol: watched.symbol, question }],
  );
  return open.length === 0 ? [] : [words.say('market.unconfirmed', { questions: questionTexts(words, open) })];
};

/** Time, source and delay of the prices, then what is not settled about them, and why there is no newer one. */
export const readingFooter = (
  words: Translator,
  readings: readonly PriceReading[],
  { problem }: Surroundings,
): string[] => [
  priceLine(words, readings),
  ...unsettledLine(words, readings),
  ...(problem === undefined ? [] : [words.say('market.no_newer', { problem })]),
];
