import type { Bar } from '../market/bar.ts';
import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from '../market/calendar.ts';
import { newYorkClock } from '../market/exchange-time.ts';
import { firstHole } from '../market/holes.ts';
import type { PriceMemory } from '../market/price-memory.ts';
import type { RawQuote } from '../market/quote.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { lastFinalSession } from './fetch-history.ts';
import type { WatchState } from './watch-state.ts';

/** Retry interval for a missing bar: 2 min for the first hour after the bell, then 15 min. */
export const RETRY_MS = 2 * MINUTE_MS;
export const LATER_RETRY_MS = 15 * MINUTE_MS;
/** A jump or a doubt is looked into at the shorter interval for so long. */
const OPEN_RETRY_FAST_MS = 15 * MINUTE_MS;
/** A bar among the last sessions that is missing or waits is asked for at the longer interval; an older one each session. */
const NEW_HOLE_SESSIONS = 5;
/** New York time on Saturdays. */
const COMPARED_AT = { hour: 10, minute: 0, second: 0, millisecond: 0 };
const COMPARISON_RETRY_MS = 20 * HOUR_MS;
/** Histories are checked this long before the opening bell: splits show by then. */
const CHECK_BEFORE_OPEN_MS = 5 * MINUTE_MS;
/** Sources report a split as such once its session has begun. */
const CHECK_AFTER_OPEN_MS = MINUTE_MS;

/** When each history was last checked, and why it may be due sooner. */
export interface HistorySchedule {
  /** By symbol, epoch milliseconds. */
  readonly checkedAt: Map<string, number>;
  /** Symbols whose price has jumped, perhaps by a split. */
  readonly suspects: Set<string>;
  /** Symbols whose prices were rebased without a reported split: sources report it from the opening bell on. */
  readonly unexplained: Set<string>;
  /** Symbols whose history is due but not fetched yet. It may hide a split, so their quotes are not used. */
  readonly waiting: Set<string>;
  /** Those of `waiting` whose last fetch failed: they are fetched after the others. */
  readonly failed: Set<string>;
  /** When each whole history was last asked for to be compared, epoch milliseconds. */
  readonly triedAt: Map<string, number>;
  /** When the second source was last asked about each symbol whose price had jumped, epoch milliseconds. */
  readonly confirmedAt: Map<string, number>;
  /** The last quote of the fund of each index that had jumped or was in doubt; when it was asked for, epoch milliseconds. */
  readonly proxies: Map<string, { readonly askedAt: number; readonly quote?: RawQuote }>;
  /** When each refusal was last logged as a warning, by symbol and reason; epoch milliseconds. */
  readonly loggedRefusals: Map<string, number>;
  /** The watchlist at the last pass. */
  watched: ReadonlyMap<string, Watched>;
}

export const createHistorySchedule = (watchlist: Watchlist): HistorySchedule => ({
  watched: new Map(watchlist.symbols),
  checkedAt: new Map(),
  suspects: new Set(),
  unexplained: new Set(),
  waiting: new Set(),
  failed: new Set(),
  triedAt: new Map(),
  confirmedAt: new Map(),
  proxies: new Map(),
  loggedRefusals: new Map(),
});

/** The session that a check at `now` is for: today's from five minutes before the opening bell, else the one before. */
const checkedSession = (calendar: Calendar, now: number): string => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  return hours && now >= hours.open - CHECK_BEFORE_OPEN_MS ? today : calendar.previous(today);
};

/** What decides whether a history is due. */
export interface DueInput {
  readonly bars: readonly Bar[];
  readonly memory: PriceMemory | undefined;
  /** The newest session of which something in the last history was not taken; undefined for none. */
  readonly waits: SessionDate | undefined;
}

/** Since when something about the unit or a price has been open; undefined for nothing. */
const openSince = ({ memory }: DueInput, now: number): number | undefined => {
  const { doubt, jump } = memory ?? {};
  if (doubt?.reason === 'first history') return now - doubt.since >= DAY_MS ? doubt.since : undefined;
  return doubt?.since ?? jump?.since;
};

/** The last Saturday, 10:00 in New York, at which whole histories are compared; epoch milliseconds. */
const comparisonDue = (now: number): number => {
  const clock = newYorkClock(now);
  const saturday = clock.subtract({ days: (clock.dayOfWeek + 1) % 7 }).with(COMPARED_AT);
  return saturday.epochMilliseconds <= now
    ? saturday.epochMilliseconds
    : saturday.subtract({ days: 7 }).epochMilliseconds;
};

/** Whether the whole history of `symbol` is due to be compared with ours: once a week, tried again after a day. */
export const isComparisonDue = (
  { comparedAt, triedAt }: { readonly comparedAt: number | undefined; readonly triedAt: number | undefined },
  now: number,
): boolean => (comparedAt ?? 0) < comparisonDue(now) && (triedAt === undefined || now - triedAt >= COMPARISON_RETRY_MS);

/** Whether to fetch the history of `symbol` at `now`. */
export const isDue = (
  schedule: HistorySchedule,
  calendar: Calendar,
  input: DueInput,
  symbol: string,
  now: number,
): boolean => {
  const checked = schedule.checkedAt.get(symbol);
  // A time that lies ahead is of a clock that was wrong.
  if (checked === undefined || checked > now) return true;
  // A price that jumps to and fro is a suspect at every poll.
  if (schedule.suspects.has(symbol) && now - checked >= RETRY_MS) return true;
  if (schedule.unexplained.has(symbol) && calendar.isOpen(now - CHECK_AFTER_OPEN_MS)) return true;
  if (checkedSession(calendar, now) > checkedSession(calendar, checked)) return true;
  const since = openSince(input, now);
  if (since !== undefined && now - checked >= (now - since < OPEN_RETRY_FAST_MS ? RETRY_MS : LATER_RETRY_MS))
    return true;
  // A first history that was refused is a whole one, of fifty years.
  const isRefused = input.bars.length === 0 && input.memory?.candidates !== undefined;
  if (isRefused) return now - checked >= HOUR_MS;
  const final = lastFinalSession(calendar, now);
  const lastBar = input.bars.at(-1);
  const isMissing = (lastBar?.session ?? '') < final || lastBar?.origin !== undefined;
  const hole = firstHole(input.bars, calendar);
  const hasNewHole = hole !== undefined && calendar.between(hole, final) <= NEW_HOLE_SESSIONS;
  const isWaiting = input.waits !== undefined && calendar.between(input.waits, final) <= NEW_HOLE_SESSIONS;
  if (!isMissing && !isWaiting && !hasNewHole) return false;
  const overdue = now - (calendar.hours(final)?.close ?? now);
  return now - checked >= (isMissing && overdue < HOUR_MS ? RETRY_MS : LATER_RETRY_MS);
};

/** When histories are next due: before the next opening bell or after the closing bell, sooner if one is missing. */
export const nextHistory = (calendar: Calendar, now: number, isMissing: boolean): number => {
  if (isMissing) return now + RETRY_MS;
  const today = calendar.dayOf(now);
  const times = [today, calendar.next(today)].flatMap((day) => {
    const hours = calendar.hours(day);
    return hours ? [hours.open - CHECK_BEFORE_OPEN_MS, hours.close + FINAL_AFTER_MINUTES * MINUTE_MS] : [];
  });
  return times.find((at) => at > now) ?? now;
};

/**
 * Drops the memory of symbols that are no longer watched, and of those that were removed and added again since the last
 * pass: the store has deleted their bars, so their histories are fetched anew.
 */
export const forgetRemoved = (schedule: HistorySchedule, memory: WatchState, watchlist: Watchlist): void => {
  for (const [symbol, watched] of schedule.watched) {
    if (watchlist.symbols.get(symbol) === watched) continue;
    memory.histories.forget(symbol);
    const { states, symbolRules, quotes, memories, waiting: open } = memory;
    const { checkedAt, suspects, unexplained, waiting, failed, confirmedAt, proxies } = schedule;
    for (const bySymbol of [
      states,
      symbolRules,
      quotes,
      memories,
      open,
      checkedAt,
      suspects,
      unexplained,
      waiting,
      failed,
      confirmedAt,
      proxies,
    ])
      bySymbol.delete(symbol);
  }
  schedule.watched = new Map(watchlist.symbols);
};
