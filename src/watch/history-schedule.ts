import type { Calendar } from '../market/calendar.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import { FINAL_AFTER_MINUTES, lastFinalSession } from './update-history.ts';
import type { WatchState } from './watch-state.ts';

/** A missing bar is asked for again so often: at first, and after an hour. */
export const MISSING_BAR_RETRY_MS = 2 * 60_000;
const LATER_MISSING_BAR_RETRY_MS = 15 * 60_000;
/** Splits show shortly before the bell. */
const BEFORE_BELL_MS = 5 * 60_000;
/** And are told as such when their session has begun. */
const AFTER_BELL_MS = 60_000;

/** Which histories have been looked at, and when. */
export interface HistorySchedule {
  readonly checkedAt: Map<string, number>;
  /** Symbols whose price has jumped: perhaps a split. */
  readonly suspects: Set<string>;
  /** Symbols of a new basis whose split is not told yet: sources tell it from the bell of its session on. */
  readonly unexplained: Set<string>;
  /** Symbols whose history is due and has not been had: a split may hide there, so their quotes are not used. */
  readonly waiting: Set<string>;
  /** Those of them that failed when last asked for: they are asked for behind the others. */
  readonly failed: Set<string>;
  /** When each symbol and reason was last told of in the log, epoch milliseconds. */
  readonly refusals: Map<string, number>;
  /** The watchlist as the last pass saw it. */
  known: ReadonlyMap<string, Watched>;
}

export const createHistorySchedule = (watchlist: Watchlist): HistorySchedule => ({
  known: new Map(watchlist.symbols),
  checkedAt: new Map(),
  suspects: new Set(),
  unexplained: new Set(),
  waiting: new Set(),
  failed: new Set(),
  refusals: new Map(),
});

/** The trading day that a check at `now` serves: today's from five minutes before the bell. */
const dayServed = (calendar: Calendar, now: number): string => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  return hours && now >= hours.open - BEFORE_BELL_MS ? today : calendar.previous(today);
};

/** Whether the history of `symbol`, whose last bar is of `last`, is to be asked for at `now`. */
export const isDue = (
  schedule: HistorySchedule,
  calendar: Calendar,
  last: string,
  symbol: string,
  now: number,
): boolean => {
  const checked = schedule.checkedAt.get(symbol);
  if (checked === undefined || schedule.suspects.has(symbol)) return true;
  if (schedule.unexplained.has(symbol) && calendar.isOpen(now - AFTER_BELL_MS)) return true;
  if (dayServed(calendar, now) > dayServed(calendar, checked)) return true;
  const final = lastFinalSession(calendar, now);
  if (last >= final) return false;
  const overdue = now - (calendar.hours(final)?.close ?? now);
  return now - checked >= (overdue < 3_600_000 ? MISSING_BAR_RETRY_MS : LATER_MISSING_BAR_RETRY_MS);
};

/** When histories are next due after a look at `now`: before the bell and after it, and soon where one is missing. */
export const nextHistory = (calendar: Calendar, now: number, isMissing: boolean): number => {
  if (isMissing) return now + MISSING_BAR_RETRY_MS;
  const today = calendar.dayOf(now);
  const times = [today, calendar.next(today)].flatMap((day) => {
    const hours = calendar.hours(day);
    return hours ? [hours.open - BEFORE_BELL_MS, hours.close + FINAL_AFTER_MINUTES * 60_000] : [];
  });
  return times.find((at) => at > now) ?? now;
};

/**
 * Forgets what is remembered of symbols that are watched no more, and of those that were taken off and put back since
 * the last pass: the store has forgotten them, so their histories are fetched anew.
 */
export const forgetOthers = (schedule: HistorySchedule, memory: WatchState, watchlist: Watchlist): void => {
  for (const [symbol, watched] of schedule.known) {
    if (watchlist.symbols.get(symbol) === watched) continue;
    memory.histories.forget(symbol);
    for (const held of [memory.states, memory.symbolRules, memory.quotes, memory.jumps, schedule.checkedAt])
      held.delete(symbol);
    for (const held of [schedule.suspects, schedule.unexplained, schedule.waiting, schedule.failed])
      held.delete(symbol);
  }
  schedule.known = new Map(watchlist.symbols);
};
