import { type Listed, SourceError } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { deleteBars, writeBars } from '../store/bars.ts';
import { deleteLastQuote } from '../store/last-quotes.ts';
import { writeJump } from '../store/quote-jumps.ts';
import { enqueueAlerts, enqueueRecovery, logAlerts } from './enqueue-alerts.ts';
import { fetchHistory, type HistoryUpdate } from './fetch-history.ts';
import { foldCloses } from './fold-closes.ts';
import { type HistorySchedule, isDue, MISSING_BAR_RETRY_MS, nextHistory } from './history-schedule.ts';
import type { WatchParts } from './watch-parts.ts';
import { saveStates, type WatchState } from './watch-state.ts';

/** Applies updates to the histories in memory; returns a function that undoes them. */
const applyUpdates = ({ histories }: WatchState, updates: readonly HistoryUpdate[]): (() => void) => {
  const before = updates.map(({ symbol }) => ({
    symbol,
    bars: histories.bars(symbol),
    splits: histories.splits(symbol),
  }));
  for (const { symbol, all, splits } of updates) histories.set(symbol, all, splits);
  return () => {
    for (const { symbol, bars, splits } of before) histories.set(symbol, bars, splits);
  };
};

/** Applies updates and folds the new closes: bars, states and enqueued cards are one transaction. */
const commit = async (
  parts: WatchParts,
  memory: WatchState,
  updates: readonly HistoryUpdate[],
  now: number,
): Promise<void> => {
  const undo = applyUpdates(memory, updates);
  const replaced = new Set(updates.filter((it) => it.replaced).map(({ symbol }) => symbol));
  try {
    const { states, raised, recovered } = foldCloses(parts, memory, replaced, now);
    await parts.store.transaction(async (db) => {
      for (const { symbol, fresh, splits } of updates) {
        if (replaced.has(symbol)) {
          await deleteBars(db, symbol);
          await deleteLastQuote(db, symbol);
          await writeJump(db, symbol, undefined);
        }
        await writeBars(db, symbol, fresh, splits);
      }
      await saveStates(db, memory, states, now);
      await enqueueAlerts(db, parts, memory, { raised, quotes: memory.quotes }, now);
      for (const story of recovered) await enqueueRecovery(db, parts, story, now);
    });
    for (const [symbol, state] of states) memory.states.set(symbol, state);
    for (const symbol of replaced) {
      memory.quotes.delete(symbol);
      memory.jumps.delete(symbol);
    }
    logAlerts(parts, raised);
  } catch (error) {
    undo();
    throw error;
  }
};

/** The symbol with its ticker at the configured source. */
export const listedFor = ({ source }: WatchParts, { symbol, kind, tickers }: Watched): Listed => ({
  symbol,
  ticker: tickers[source.name.toLowerCase()] ?? symbol,
  kind,
  tickers,
});

/** Histories of custom symbols that one pass fetches, so that the watchlist's own need not wait for hundreds. */
const MAX_CUSTOM_FETCHES = 25;

/** The symbols whose history is due: the watchlist's own first, then custom ones; in both, failed ones last. */
const dueOf = (
  parts: WatchParts,
  schedule: HistorySchedule,
  lastOf: (symbol: string) => string,
  now: number,
): Watched[] => {
  const rank = ({ symbol, custom }: Watched) => (custom ? 2 : 0) + (schedule.failed.has(symbol) ? 1 : 0);
  return [...parts.watchlist.symbols.values()]
    .filter(({ symbol, sumOf }) => !sumOf && isDue(schedule, parts.calendar, lastOf(symbol), symbol, now))
    .toSorted((a, b) => rank(a) - rank(b));
};

/** Whether a symbol has a history but no state yet. */
const hasUnstarted = ({ watchlist }: WatchParts, { states, histories }: WatchState): boolean =>
  [...watchlist.symbols.keys()].some((symbol) => !states.has(symbol) && histories.bars(symbol).length > 0);

/** Limits the custom symbols to those that one pass fetches. */
const limitCustom = (due: readonly Watched[]): Watched[] => {
  const custom = due.filter((watched) => watched.custom);
  return [...due.filter((watched) => !watched.custom), ...custom.slice(0, MAX_CUSTOM_FETCHES)];
};

/**
 * Fetches the histories that are due (at the start, before the opening bell, after the closing bell until the final bar
 * is there, and after a price jump), detects splits, and folds the new closes. A failed history is retried in the next
 * pass, after the others. Returns the first failure.
 * @throws StoreError
 */
export const historyPass = async (
  parts: WatchParts,
  memory: WatchState,
  schedule: HistorySchedule,
  now: number,
): Promise<SourceError | undefined> => {
  const { calendar, source, log } = parts;
  const lastOf = (symbol: string) => memory.histories.bars(symbol).at(-1)?.session ?? '';
  const due = dueOf(parts, schedule, lastOf, now);
  for (const { symbol } of due) schedule.waiting.add(symbol);
  if (due.length === 0 && !hasUnstarted(parts, memory)) return undefined;
  const begin = performance.now();
  const updates: HistoryUpdate[] = [];
  let failure: SourceError | undefined;
  for (const watched of limitCustom(due)) {
    const { symbol } = watched;
    try {
      const update = await fetchHistory(source, listedFor(parts, watched), memory.histories, calendar, now);
      updates.push(update);
      if (update.unexplained) schedule.unexplained.add(symbol);
      else schedule.unexplained.delete(symbol);
      if (update.replaced && lastOf(symbol) !== '') log.info({ symbol }, 'price history replaced: split or new basis');
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.fault !== 'unknown-symbol') {
        failure ??= error;
        schedule.failed.add(symbol);
        if (error.fault === 'throttled' || error.fault === 'unreachable') break;
        continue;
      }
      log.error({ symbol, reason: error.message }, 'price history unavailable');
    }
    schedule.checkedAt.set(symbol, now);
    schedule.suspects.delete(symbol);
    schedule.waiting.delete(symbol);
    schedule.failed.delete(symbol);
  }
  if (updates.some(({ fresh }) => fresh.length > 0) || hasUnstarted(parts, memory))
    await commit(parts, memory, updates, now);
  if (due.length > 0)
    await parts.onHistoryPass?.({
      now,
      tookMs: Math.round(performance.now() - begin),
      fetched: updates.length,
      ...(failure && { failed: failure.message }),
      nextAt: nextHistory(
        calendar,
        now,
        failure !== undefined || dueOf(parts, schedule, lastOf, now + MISSING_BAR_RETRY_MS).length > 0,
      ),
    });
  return failure;
};
