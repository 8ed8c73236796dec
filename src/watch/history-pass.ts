import type { Bar } from '../market/bar.ts';
import { type Listed, SourceError } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { alertedSince, readToldAlerts, type ToldAlert } from '../store/alerts.ts';
import { deleteBars, writeBars } from '../store/bars.ts';
import { deleteLastQuote } from '../store/last-quotes.ts';
import { DAY_MS } from '../util/durations.ts';
import { enqueueAlerts, enqueueRecovery, logAlerts } from './enqueue-alerts.ts';
import { enqueueWithdrawal } from './enqueue-withdrawal.ts';
import { fetchHistory, type HistoryUpdate } from './fetch-history.ts';
import { withdrawableSince } from './find-withdrawn.ts';
import { foldCloses } from './fold-closes.ts';
import { type HistorySchedule, isComparisonDue, isDue, nextHistory, RETRY_MS } from './history-schedule.ts';
import { logMemoryChanges } from './log-memory-changes.ts';
import type { WatchParts } from './watch-parts.ts';
import { saveMemories, saveStates, type WatchState } from './watch-state.ts';

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

/**
 * The alerts of the last year that have fired: of symbols that are folded anew, and of those with new bars of which an
 * alert may still be withdrawn; in both, of the baskets that they are parts of, too.
 */
const readTold = async (
  { store, watchlist, calendar }: WatchParts,
  { refolded, changed }: { readonly refolded: readonly string[]; readonly changed: readonly string[] },
  now: number,
): Promise<ToldAlert[]> => {
  const withBaskets = (symbols: readonly string[]): string[] => {
    const baskets = [...watchlist.symbols.values()].filter(({ sumOf }) => sumOf?.some((it) => symbols.includes(it)));
    return [...symbols, ...baskets.map(({ symbol }) => symbol)];
  };
  const today = calendar.dayOf(now);
  // Stories are long, and most symbols with new bars have no alert of these days.
  const recent = await alertedSince(store.db, withBaskets(changed), withdrawableSince(today, calendar));
  const symbols = [...new Set([...withBaskets(refolded), ...recent])];
  return symbols.length === 0 ? [] : readToldAlerts(store.db, symbols, calendar.dayOf(now - TOLD_ALERTS_REACH_MS));
};

/** Applies updates and folds the new closes: bars, states and enqueued cards are one transaction. */
const commit = async (
  parts: WatchParts,
  memory: WatchState,
  updates: readonly HistoryUpdate[],
  now: number,
): Promise<void> => {
  const previous = new Map(
    updates.length === 0
      ? []
      : [...parts.watchlist.symbols.keys()].map((symbol) => [symbol, memory.histories.bars(symbol)] as const),
  );
  const undo = applyUpdates(memory, updates);
  const replaced = new Set(updates.filter((it) => it.replaced).map(({ symbol }) => symbol));
  const memories = new Map(updates.map(({ symbol, memory: open }) => [symbol, open]));
  const again = new Map(
    updates.flatMap(({ symbol, refoldFrom }) => (refoldFrom ? [[symbol, refoldFrom] as const] : [])),
  );
  try {
    const changed = updates.filter(({ fresh }) => fresh.length > 0).map(({ symbol }) => symbol);
    const told = await readTold(parts, { refolded: [...replaced, ...again.keys()], changed }, now);
    const judged = { ...memory, memories: new Map([...memory.memories, ...memories]) };
    const { states, raised, recovered, withdrawn } = foldCloses(
      parts,
      judged,
      { replaced, again, told, previous },
      now,
    );
    await parts.store.transaction(async (db) => {
      for (const { symbol, fresh, splits } of updates) {
        if (replaced.has(symbol)) {
          await deleteBars(db, symbol);
          await deleteLastQuote(db, symbol);
        }
        await writeBars(db, symbol, fresh, splits);
      }
      await saveMemories(db, memory, memories);
      await saveStates(db, memory, states, now);
      for (const withdrawal of withdrawn) await enqueueWithdrawal(db, parts, withdrawal, now);
      await enqueueAlerts(db, parts, memory, { raised, quotes: memory.quotes }, now);
      for (const story of recovered) await enqueueRecovery(db, parts, story, now);
    });
    for (const [symbol, state] of states) memory.states.set(symbol, state);
    for (const [symbol, after] of memories) {
      const ours = memory.histories.bars(symbol).at(-1)?.close;
      logMemoryChanges(parts.log, symbol, { before: memory.memories.get(symbol), after, ours }, now);
      memory.memories.set(symbol, after);
    }
    for (const { symbol, waiting } of updates)
      if (waiting.length > 0) memory.waiting.set(symbol, waiting);
      else memory.waiting.delete(symbol);
    for (const symbol of replaced) memory.quotes.delete(symbol);
    logAlerts(parts, raised);
    for (const { watched, session, cause, told: untrue } of withdrawn)
      parts.log.warn(
        { symbol: watched.symbol, session, cause, alerts: untrue.length },
        'alerts withdrawn: there was no such fall',
      );
  } catch (error) {
    undo();
    throw error;
  }
};

/** The symbol with its ticker at the configured source. */
export const listedFor = ({ source }: WatchParts, { symbol, kind, tickers, splits }: Watched): Listed => ({
  symbol,
  ticker: tickers[source.name.toLowerCase()] ?? symbol,
  kind,
  tickers,
  ...(splits && { splits }),
});

/** How far back alerts are looked for that have fired: a level is disarmed for that long and longer. */
const TOLD_ALERTS_REACH_MS = 400 * DAY_MS;

/** Histories of custom symbols that one pass fetches, so that the watchlist's own need not wait for hundreds. */
const MAX_CUSTOM_FETCHES = 25;

/** The symbols whose history is due: the watchlist's own first, then custom ones; in both, failed ones last. */
const dueOf = (parts: WatchParts, memory: WatchState, schedule: HistorySchedule, now: number): Watched[] => {
  const rank = ({ symbol, custom }: Watched) => (custom ? 2 : 0) + (schedule.failed.has(symbol) ? 1 : 0);
  const inputOf = (symbol: string) => ({
    bars: memory.histories.bars(symbol),
    memory: memory.memories.get(symbol),
    waits: memory.waiting
      .get(symbol)
      ?.map(({ session }) => session)
      .toSorted()
      .at(-1),
  });
  return [...parts.watchlist.symbols.values()]
    .filter(({ symbol, sumOf }) => !sumOf && isDue(schedule, parts.calendar, inputOf(symbol), symbol, now))
    .toSorted((a, b) => rank(a) - rank(b));
};

/** The symbol whose whole history is compared next; undefined for none, and while the exchange is open. */
const comparedNext = (
  { watchlist, calendar }: WatchParts,
  { memories, histories }: WatchState,
  { triedAt }: HistorySchedule,
  now: number,
): Watched | undefined =>
  calendar.isOpen(now)
    ? undefined
    : watchlist.symbols
        .values()
        .find(
          ({ symbol, sumOf }) =>
            !sumOf &&
            histories.bars(symbol).length > 0 &&
            isComparisonDue({ comparedAt: memories.get(symbol)?.comparedAt, triedAt: triedAt.get(symbol) }, now),
        );

/** Whether a symbol has a history but no state yet. */
const hasUnstarted = ({ watchlist }: WatchParts, { states, histories }: WatchState): boolean =>
  [...watchlist.symbols.keys()].some((symbol) => !states.has(symbol) && histories.bars(symbol).length > 0);

/** Limits the custom symbols to those that one pass fetches. */
const limitCustom = (due: readonly Watched[]): Watched[] => {
  const custom = due.filter((watched) => watched.custom);
  return [...due.filter((watched) => !watched.custom), ...custom.slice(0, MAX_CUSTOM_FETCHES)];
};

/** New closes / those of before, by the newest session that both have; undefined for none. */
const ratioOf = (before: readonly Bar[], after: readonly Bar[]): number | undefined => {
  const closes = new Map(after.map(({ session, close }) => [session, close]));
  const last = before.findLast(({ session }) => closes.has(session));
  return last && (closes.get(last.session) ?? 0) / last.close;
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
  const due = dueOf(parts, memory, schedule, now);
  for (const { symbol } of due) schedule.waiting.add(symbol);
  const compared = due.length === 0 ? comparedNext(parts, memory, schedule, now) : undefined;
  if (due.length === 0 && !compared && !hasUnstarted(parts, memory)) return undefined;
  if (compared) schedule.triedAt.set(compared.symbol, now);
  const begin = performance.now();
  const updates: HistoryUpdate[] = [];
  let failure: SourceError | undefined;
  for (const watched of compared ? [compared] : limitCustom(due)) {
    const { symbol } = watched;
    const before = memory.histories.bars(symbol);
    const had = before.length > 0;
    try {
      const update = await fetchHistory(source, listedFor(parts, watched), {
        histories: memory.histories,
        memory: memory.memories.get(symbol) ?? {},
        quote: memory.quotes.get(symbol),
        calendar,
        now,
        whole: watched === compared,
      });
      updates.push(update);
      if (update.unexplained) schedule.unexplained.add(symbol);
      else schedule.unexplained.delete(symbol);
      if (update.replaced && had) {
        parts.onHistory?.('replaced');
        log.info({ symbol, ratio: ratioOf(before, update.all) }, 'price history replaced: split or new basis');
      } else if (watched === compared && update.memory.comparedAt === now) parts.onHistory?.('checked');
      for (const { session, because } of update.waiting)
        if (!memory.waiting.get(symbol)?.some((it) => it.session === session && it.because === because))
          log.warn({ symbol, session, reason: because }, 'close not taken yet');
    } catch (error) {
      if (!(error instanceof SourceError)) {
        // One symbol's history must not cost the others theirs, nor its own quotes the history that we have.
        log.error({ symbol, err: error }, 'price history cannot be judged');
        schedule.checkedAt.set(symbol, now);
        schedule.suspects.delete(symbol);
        if (had) schedule.waiting.delete(symbol);
        continue;
      }
      if (error.fault !== 'unknown-symbol') {
        failure ??= error;
        if (watched !== compared) schedule.failed.add(symbol);
        // A backup may have the others; without one, they would fail, too.
        if (!source.speakers && (error.fault === 'throttled' || error.fault === 'unreachable')) break;
        continue;
      }
      log.error({ symbol, reason: error.message }, 'price history unavailable');
    }
    schedule.checkedAt.set(symbol, now);
    schedule.suspects.delete(symbol);
    schedule.waiting.delete(symbol);
    schedule.failed.delete(symbol);
  }
  const isChanged = updates.some(
    ({ symbol, fresh, memory: open, waiting }) =>
      fresh.length > 0 || open !== memory.memories.get(symbol) || waiting.length > 0 || memory.waiting.has(symbol),
  );
  if (isChanged || hasUnstarted(parts, memory)) {
    try {
      await commit(parts, memory, updates, now);
    } catch (error) {
      // None of it is stored, so it is fetched again, and until then no quote is judged by the bars of before.
      for (const { symbol } of updates) {
        schedule.checkedAt.delete(symbol);
        schedule.triedAt.delete(symbol);
        schedule.waiting.add(symbol);
      }
      throw error;
    }
  }
  if (due.length > 0)
    await parts.onHistoryPass?.({
      now,
      tookMs: Math.round(performance.now() - begin),
      fetched: updates.length,
      ...(failure && { failed: failure.message }),
      nextAt: nextHistory(
        calendar,
        now,
        failure !== undefined || dueOf(parts, memory, schedule, now + RETRY_MS).length > 0,
      ),
    });
  return failure;
};
