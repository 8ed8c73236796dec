import type { Card } from '../src/cards/card.ts';
import type { PriceReading, Surroundings } from '../src/cards/price-reading.ts';
import type { Translator } from '../src/i18n/catalogue.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Calendar } from '../src/market/calendar.ts';
import type { Watched } from '../src/market/watchlist.ts';
import { pricePositionOf } from '../src/slides/price-position.ts';
import { MINUTE_MS } from '../src/util/durations.ts';
import type { Answer, Question } from './command.ts';
import type { CommandContext, SystemStatus } from './command-context.ts';
import { type Problem, problem, readerOf } from './problems.ts';

/** The bot's status and the exchange's hours, read once per answer. */
interface MarketContext {
  readonly status: SystemStatus;
  readonly surroundings: Surroundings;
}

const hoursAround = (calendar: Calendar, now: number): Surroundings['market'] => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  if (hours && now < hours.close) {
    const open = now >= hours.open;
    return { open, until: open ? hours.close : hours.open };
  }
  return { open: false, until: calendar.hours(calendar.next(today))?.open ?? now };
};

/** A source's own sentence without its full stop, for use inside another. */
const asClause = (sentence: string): string => sentence.replace(/[.\s]+$/u, '');

export const readMarket = async (context: CommandContext, now: number): Promise<MarketContext> => {
  const status = await context.systemStatus();
  const reason = status.problem;
  return {
    status,
    surroundings: {
      market: hoursAround(context.calendar, now),
      ...(reason !== undefined && { problem: asClause(reason) }),
    },
  };
};

/** The latest price of a symbol and its position, from memory; undefined if there is no price yet. */
export const readingOf = (
  context: CommandContext,
  { status }: MarketContext,
  watched: Watched,
  now: number,
): PriceReading | undefined => {
  const { calendar } = context;
  const quote = context.quotes.get(watched.symbol);
  const standing = pricePositionOf(context.histories.bars(watched.symbol), quote);
  if (!standing) return undefined;
  const live = quote && !standing.final;
  const question = context.openQuestion(watched.symbol);
  return {
    watched,
    standing,
    at: live ? quote.tradeTime : (calendar.hours(standing.session)?.close ?? now),
    source: live ? quote.source : (status.speakers?.histories.bySymbol.get(watched.symbol) ?? status.sourceName),
    delayMinutes: live ? quote.delayMinutes : 0,
    today: calendar.dayOf(now),
    open: calendar.isOpen(now),
    ...(question !== undefined && { question }),
  };
};

/** Why there is no price, and how long ago the source last answered. Of any symbol if none is given. */
const noPrice = (
  context: CommandContext,
  { status, surroundings }: MarketContext,
  question: Question,
  watched?: Watched,
): Problem => {
  const words = context.catalogue.in(question.language);
  const reader = readerOf(question, context);
  const name = watched ? nameInList(words, watched.symbol) : words.say('market.anything');
  const { problem: reason } = surroundings;
  if (reason === undefined) return problem(reader, 'market.loading', { name });
  const { goodAt } = status;
  if (goodAt === undefined) return problem(reader, 'market.no_price_ever', { name, problem: reason });
  const minutes = Math.max(1, Math.round((question.now - goodAt) / MINUTE_MS));
  return problem(reader, 'market.no_price', { name, problem: reason, count: minutes });
};

/** What the card of one symbol is made of. */
export interface SymbolReading {
  readonly words: Translator;
  readonly market: MarketContext;
  readonly reading: PriceReading;
}

/** Answers with a card about one symbol, or with a problem if it has no price. */
export const answerForSymbol = async (
  question: Question,
  context: CommandContext,
  symbol: string,
  cardOf: (found: SymbolReading) => Card,
): Promise<Answer> => {
  const market = await readMarket(context, question.now);
  const watched = context.watchlist.symbols.get(symbol);
  const reading = watched && readingOf(context, market, watched, question.now);
  if (!reading) return noPrice(context, market, question, watched);
  return { kind: 'card', card: cardOf({ words: context.catalogue.in(question.language), market, reading }) };
};

/** The readings of these symbols, and those without a price; a problem if none has one. */
export const readSome = (
  context: CommandContext,
  market: MarketContext,
  question: Question,
  symbols: readonly Watched[],
):
  | { readonly kind: 'readings'; readonly readings: readonly PriceReading[]; readonly withoutPrice: readonly Watched[] }
  | Problem => {
  const found = symbols.map((watched) => ({ watched, reading: readingOf(context, market, watched, question.now) }));
  const readings = found.flatMap(({ reading }) => reading ?? []);
  if (readings.length === 0) return noPrice(context, market, question);
  return {
    kind: 'readings',
    readings,
    withoutPrice: found.flatMap(({ watched, reading }) => (reading ? [] : watched)),
  };
};
