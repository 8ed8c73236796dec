import { type Quotes, SourceError } from '../market/source.ts';
import { applyRuleChanges } from './apply-rule-changes.ts';
import { createDataGapMonitor } from './data-gap-monitor.ts';
import { historyPass } from './history-pass.ts';
import { createHistorySchedule, forgetOthers } from './history-schedule.ts';
import { type QuotePass, quotePass } from './quote-pass.ts';
import type { WatchParts } from './watch-parts.ts';
import { loadWatchState, type WatchState } from './watch-state.ts';

export interface WatchHealth {
  /** Why the last poll brought no prices; absent where it did. */
  readonly problem?: string;
  /** When a poll last brought what it was asked for, epoch milliseconds. */
  readonly goodAt?: number;
  /** Why the last quote of a symbol was not used. */
  readonly refused: ReadonlyMap<string, string>;
  /** Another source gives the prices while the first is down. */
  readonly standIn?: Quotes['standIn'];
}

export interface Watcher {
  readonly memory: WatchState;
  /**
   * Looks at the market: histories that are due, and quotes while the exchange is open. Never rejects for a source's
   * fault; that is told by `health`. @throws StoreError
   */
  poll(now: number): Promise<void>;
  health(): WatchHealth;
}

/** The reason that most quotes were refused for, in brackets. */
const mostly = (refused: WatchHealth['refused']): string => {
  const counts = Map.groupBy(refused.values(), (reason) => reason);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return most ? ` (${most[0]})` : '';
};

/**
 * Watches every symbol of the watchlist, which may change between two polls, through one source. A function of `now`,
 * and of what the store remembers.
 */
export const createWatcher = async (parts: WatchParts, startedAt: number): Promise<Watcher> => {
  const { store, watchlist, calendar, log } = parts;
  const memory = await loadWatchState(store.db, watchlist, parts.rules, calendar, startedAt);
  const schedule = createHistorySchedule(watchlist);
  const listener = await createDataGapMonitor(parts, memory, startedAt);
  let missing: string | undefined;
  let health: WatchHealth = { refused: new Map() };
  return {
    memory,
    health: () => {
      if (health.problem !== undefined || listener.gapSince() === undefined) return health;
      return { ...health, problem: `No usable quote${mostly(health.refused)}` };
    },
    poll: async (now) => {
      let usable = 0;
      forgetOthers(schedule, memory, watchlist);
      await applyRuleChanges(parts, memory, now);
      try {
        const own = [...watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => (sumOf ? [] : symbol));
        const failure = await historyPass(parts, memory, schedule, now);
        const open = calendar.isOpen(now) || parts.pollOutsideSessions;
        // A source that throttles is not asked again at once, unless another stands in for it.
        const mayAsk = failure?.fault !== 'throttled' || parts.source.confirm !== undefined;
        const asked = open && own.some((symbol) => !schedule.waiting.has(symbol)) && mayAsk;
        const { used, refused, standIn }: QuotePass = asked
          ? await quotePass(parts, memory, schedule, now)
          : { used: 0, refused: health.refused };
        usable = used;
        if (failure && used === 0) throw failure;
        if (failure && failure.message !== missing)
          log.warn({ reason: failure.message }, 'price history missing; symbol not watched yet');
        missing = failure?.message;
        if (health.problem !== undefined) log.info('prices are back');
        health = { goodAt: now, refused, ...(standIn && { standIn }) };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (health.problem !== error.message) log.warn({ reason: error.message }, 'no prices');
        const { standIn: _, ...before } = health;
        health = { ...before, problem: error.message };
      }
      await listener.note(usable, now);
    },
  };
};
