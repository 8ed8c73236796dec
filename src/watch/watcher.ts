import { type Quotes, SourceError } from '../market/source.ts';
import { applyRuleChanges } from './apply-rule-changes.ts';
import { createDataGapMonitor } from './data-gap.ts';
import { historyPass } from './history-pass.ts';
import { createHistorySchedule, forgetRemoved } from './history-schedule.ts';
import { type QuotePass, quotePass } from './quote-pass.ts';
import type { WatchParts } from './watch-parts.ts';
import { loadWatchState, type WatchState } from './watch-state.ts';

export interface WatchHealth {
  /** Why the last poll brought no prices; absent if it did. */
  readonly problem?: string;
  /** When a poll last succeeded, epoch milliseconds. */
  readonly goodAt?: number;
  /** Why the last quote was not used, by symbol. */
  readonly refused: ReadonlyMap<string, string>;
  /** Set while another source stands in for the first. */
  readonly standIn?: Quotes['standIn'];
}

export interface Watcher {
  readonly memory: WatchState;
  /**
   * Fetches the histories that are due, and quotes while the exchange is open. A source's failure is reported by
   * `health`, not thrown. @throws StoreError
   */
  poll(now: number): Promise<void>;
  health(): WatchHealth;
}

/** The most frequent refusal, in brackets; empty for none. */
const mainRefusal = (refused: WatchHealth['refused']): string => {
  const counts = Map.groupBy(refused.values(), (reason) => reason);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return most ? ` (${most[0]})` : '';
};

/**
 * Watches every symbol of the watchlist, which may change between two polls, through one source. A poll depends only on
 * `now` and on what the store holds.
 */
export const createWatcher = async (parts: WatchParts, startedAt: number): Promise<Watcher> => {
  const { store, watchlist, calendar, log } = parts;
  const memory = await loadWatchState(store.db, watchlist, parts.rules, calendar, startedAt);
  const schedule = createHistorySchedule(watchlist);
  const dataGap = await createDataGapMonitor(parts, memory, startedAt);
  let loggedFailure: string | undefined;
  let health: WatchHealth = { refused: new Map() };
  return {
    memory,
    health: () => {
      if (health.problem !== undefined || dataGap.gapSince() === undefined) return health;
      return { ...health, problem: `No usable quote${mainRefusal(health.refused)}` };
    },
    poll: async (now) => {
      let usable = 0;
      forgetRemoved(schedule, memory, watchlist);
      await applyRuleChanges(parts, memory, now);
      try {
        const own = [...watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => (sumOf ? [] : symbol));
        const failure = await historyPass(parts, memory, schedule, now);
        const open = calendar.isOpen(now) || parts.pollOutsideSessions;
        // A throttling source is not asked again at once, unless another can stand in for it.
        const mayAsk = failure?.fault !== 'throttled' || parts.source.confirm !== undefined;
        const isAsked = open && own.some((symbol) => !schedule.waiting.has(symbol)) && mayAsk;
        const { used, refused, standIn }: QuotePass = isAsked
          ? await quotePass(parts, memory, schedule, now)
          : { used: 0, refused: health.refused };
        usable = used;
        if (failure && used === 0) throw failure;
        if (failure && failure.message !== loggedFailure)
          log.warn({ reason: failure.message }, 'price history missing; symbol not watched yet');
        loggedFailure = failure?.message;
        if (health.problem !== undefined) log.info('prices are back');
        health = { goodAt: now, refused, ...(standIn && { standIn }) };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (health.problem !== error.message) log.warn({ reason: error.message }, 'no prices');
        const { standIn: _, ...before } = health;
        health = { ...before, problem: error.message };
      }
      await dataGap.note(usable, now);
    },
  };
};
