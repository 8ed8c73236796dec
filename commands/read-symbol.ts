import type { PriceReading } from '../src/cards/price-reading.ts';
import type { Surroundings } from '../src/cards/price-reading-footer.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Calendar } from '../src/market/calendar.ts';
import type { Watched } from '../src/market/watchlist.ts';
import { pricePositionOf } from '../src/slides/price-position.ts';
import type { Question } from './command.ts';
import type { CommandContext, SystemStatus } from './command-context.ts';
import { type Problem, problem } from './problems.ts';

/** What the market says around a question, read once for an answer. */
export interface Scene {
  readonly condition: SystemStatus;
  readonly around: Surroundings;
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

/** A source's own sentence, as part of another. */
const asClause = (sentence: string): string => sentence.replace(/[.\s]+$/u, '');

export const readScene = async (context: CommandContext, now: number): Promise<Scene> => {
  const condition = await context.condition();
  const reason = condition.problem;
  return {
    condition,
    around: {
      market: hoursAround(context.calendar, now),
      ...(reason !== undefined && { problem: asClause(reason) }),
    },
  };
};

/** Where a symbol stands, in the bot's own memory; undefined where it has no price yet. */
export const readingOf = (
  context: CommandContext,
  { condition }: Scene,
  watched: Watched,
  now: number,
): PriceReading | undefined => {
  const { calendar } = context;
  const quote = context.quotes.get(watched.symbol);
  const standing = pricePositionOf(context.histories.bars(watched.symbol), quote);
  if (!standing) return undefined;
  const live = quote && !standing.final;
  return {
    watched,
    standing,
    at: live ? quote.tradeTime : (calendar.hours(standing.session)?.close ?? now),
    source: live ? quote.source : condition.sourceName,
    delayMinutes: live ? quote.delayMinutes : 0,
    today: calendar.dayOf(now),
    open: calendar.isOpen(now) && calendar.sessionOf(now) === standing.session && !standing.final,
  };
};

/** Why there is no price, and how old the source's last word is. */
const noPrice = (
  context: CommandContext,
  { condition, around }: Scene,
  question: Question,
  watched?: Watched,
): Problem => {
  const words = context.catalogue.in(question.language);
  const asked = { catalogue: context.catalogue, language: question.language, platform: question.platform };
  const name = watched ? nameInList(words, watched.symbol) : words.say('market.anything');
  if (around.problem === undefined) return problem(asked, 'market.loading', { name });
  const { goodAt } = condition;
  if (goodAt === undefined) return problem(asked, 'market.no_price_ever', { name, problem: around.problem });
  const minutes = Math.max(1, Math.round((question.now - goodAt) / 60_000));
  return problem(asked, 'market.no_price', { name, problem: around.problem, count: minutes });
};

/** The symbol that a question is about, or the sentence that says why nothing can be said of it. */
export const readSymbol = (
  context: CommandContext,
  scene: Scene,
  question: Question,
  symbol: string,
): { readonly kind: 'reading'; readonly reading: PriceReading } | Problem => {
  const watched = context.watchlist.symbols.get(symbol);
  const reading = watched && readingOf(context, scene, watched, question.now);
  return reading ? { kind: 'reading', reading } : noPrice(context, scene, question, watched);
};

/** Every watched symbol, those without a price apart; a problem where none has one. */
export const readAll = (
  context: CommandContext,
  scene: Scene,
  question: Question,
):
  | { readonly kind: 'readings'; readonly readings: readonly PriceReading[]; readonly silent: readonly Watched[] }
  | Problem => {
  const all = [...context.watchlist.symbols.values()];
  const found = all.map((watched) => ({ watched, reading: readingOf(context, scene, watched, question.now) }));
  const readings = found.flatMap(({ reading }) => reading ?? []);
  if (readings.length === 0) return noPrice(context, scene, question);
  return {
    kind: 'readings',
    readings,
    silent: found.flatMap(({ watched, reading }) => (reading ? [] : watched)),
  };
};
