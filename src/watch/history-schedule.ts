import { type Calendar, FINAL_AFTER_MINUTES } from '../market/calendar.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import { HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { lastFinalSession } from './fetch-history.ts';
import type { WatchState } from './watch-state.ts';

/** Retry interval for a missing bar: 2 min for the first hour after the bell, then 15 min. */
export const MISSING_BAR_RETRY_MS = 2 * MINUTE_MS;
const LATER_MISSING_BAR_RETRY_MS = 15 * MINUTE_MS;
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
  loggedRefusals: new Map(),
});

/** The session that a check at `now` is for: today's from five minutes before the opening bell, else the one before. */
const checkedSession = (calendar: Calendar, now: number): string => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  return hours && now >= hours.open - CHECK_BEFORE_OPEN_MS ? today : calendar.previous(today);
};

/** Whether to fetch the history of `symbol` at `now`. `last` is the session of its last bar. */
export const isDue = (
  schedule: HistorySchedule,
  calendar: Calendar,
  last: string,
  symbol: string,
  now: number,
): boolean => {
  const checked = schedule.checkedAt.get(symbol);
  if (checked === undefined || schedule.suspects.has(symbol)) return true;
  if (schedule.unexplained.has(symbol) && calendar.isOpen(now - CHECK_AFTER_OPEN_MS)) return true;
  if (checkedSession(calendar, now) > checkedSession(calendar, checked)) return true;
  const final = lastFinalSession(calendar, now);
  if (last >= final) return false;
  const overdue = now - (calendar.hours(final)?.close ?? now);
  return now - checked >= (overdue < HOUR_MS ? MISSING_BAR_RETRY_MS : LATER_MISSING_BAR_RETRY_MS);
};

/** When histories are next due: before the next opening bell or after the closing bell, sooner if one is missing. */
export const nextHistory = (calendar: Calendar, now: number, isMissing: boolean): number => {
  if (isMissing) return now + MISSING_BAR_RETRY_MS;
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
    const { states, symbolRules, quotes, jumps } = memory;
    const { checkedAt, suspects, unexplained, waiting, failed } = schedule;
    for (const bySymbol of [states, symbolRules, quotes, jumps, checkedAt, suspects, unexplained, waiting, failed])
      bySymbol.delete(symbol);
  }
  schedule.watched = new Map(watchlist.symbols);
};
