import { SourceError } from '../market/source.ts';
import { createHistoryDesk, historyPass } from './history-pass.ts';
import { loadMemory, type WatchMemory } from './memory.ts';
import { quotePass } from './quote-pass.ts';
import type { WatchParts } from './watch-parts.ts';

export interface WatchHealth {
  /** Why the last poll brought no prices; absent where it did. */
  readonly problem?: string;
  /** When a poll last brought what it was asked for, epoch milliseconds. */
  readonly goodAt?: number;
  /** Why the last quote of a symbol was not used. */
  readonly refused: ReadonlyMap<string, string>;
}

export interface Watcher {
  readonly memory: WatchMemory;
  /**
   * Looks at the market: histories that are due, and quotes while the exchange is open. Never rejects for a source's
   * fault; that is told by `health`. @throws StoreError
   */
  poll(now: number): Promise<void>;
  health(): WatchHealth;
}

/** Watches every symbol of the watchlist through one source. A function of `now`, and of what the store remembers. */
export const createWatcher = async (parts: WatchParts, startedAt: number): Promise<Watcher> => {
  const { store, watchlist, calendar, log } = parts;
  const memory = await loadMemory(store.db, watchlist, calendar, startedAt);
  const desk = createHistoryDesk();
  let health: WatchHealth = { refused: new Map() };
  return {
    memory,
    health: () => health,
    poll: async (now) => {
      try {
        await historyPass(parts, memory, desk, now);
        const asked = calendar.isOpen(now) || parts.pollOutsideSessions;
        const refused = asked ? (await quotePass(parts, memory, desk, now)).refused : health.refused;
        if (health.problem !== undefined) log.info('prices are back');
        health = { goodAt: now, refused };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (health.problem !== error.message) log.warn({ reason: error.message }, 'no prices');
        health = { ...health, problem: error.message };
      }
    },
  };
};
