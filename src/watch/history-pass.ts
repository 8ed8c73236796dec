import type { Bar } from '../market/bar.ts';
import { type Listed, SourceError } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { foldBars } from '../slides/fold.ts';
import type { SlideState } from '../slides/state.ts';
import { deleteBars, writeBars } from '../store/bars.ts';
import { deleteLastQuote } from '../store/last-quotes.ts';
import { writeJump } from '../store/quote-jumps.ts';
import type { Alert } from '../stories/alert.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import { catchUp, rebuild, startedAt } from './catch-up.ts';
import { type AlertObservation, enqueueAlerts, logAlerts, type Raised } from './enqueue-alerts.ts';
import { enqueueRecovery, recoveredIn } from './enqueue-recovery.ts';
import { type HistorySchedule, isDue, MISSING_BAR_RETRY_MS, nextHistory } from './history-schedule.ts';
import { isCloseLate } from './late.ts';
import { fetchHistory, type HistoryUpdate } from './update-history.ts';
import type { WatchParts } from './watch-parts.ts';
import { saveStates, type WatchState } from './watch-state.ts';

/** What is told of the closes since the last fold: one card, of the deepest; it speaks for the others. */
const seenIn = (parts: WatchParts, bars: readonly Bar[], alerts: readonly Alert[], now: number): AlertObservation => {
  const depth = (alert: Alert) => (alert.kind === 'day' ? 1 : alert.price / alert.peak);
  const [deepest] = alerts.toSorted((a, b) => depth(a) - depth(b) || (a.session < b.session ? 1 : -1));
  if (!deepest) throw new RangeError('Expected at least one alert of the closes, got none');
  const tradeTime = parts.calendar.hours(deepest.session)?.close ?? now;
  return {
    alerts: alerts.filter(({ session }) => session === deepest.session),
    quote: {
      price: deepest.price,
      session: deepest.session,
      tradeTime,
      delayMinutes: 0,
      source: parts.source.name,
    },
    final: true,
    late: isCloseLate(tradeTime, now),
    before: bars.filter(({ session }) => session < deepest.session),
  };
};

/** Lays updates over the histories; returns the way back. */
const lay = ({ histories }: WatchState, updates: readonly HistoryUpdate[]): (() => void) => {
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

/** Folds what is new of each symbol's closes into its state. */
const fold = (
  parts: WatchParts,
  memory: WatchState,
  replaced: ReadonlySet<string>,
  now: number,
): { states: Map<string, SlideState>; raised: Raised[]; recovered: RecoveryStory[] } => {
  const states = new Map<string, SlideState>();
  const raised: Raised[] = [];
  const recovered: RecoveryStory[] = [];
  for (const watched of parts.watchlist.symbols.values()) {
    const { symbol } = watched;
    const bars = memory.histories.bars(symbol);
    const old = memory.states.get(symbol);
    const watch = memory.symbolRules.get(symbol)?.watch;
    if (bars.length === 0 || !watch) continue;
    if (old === undefined) {
      const { state } = foldBars(watch, symbol, bars);
      states.set(symbol, { ...state, ...startedAt(parts.calendar, bars, now) });
      continue;
    }
    const rebased = [symbol, ...(watched.sumOf ?? [])].some((it) => replaced.has(it));
    const { state, alerts, recoveries } = catchUp(
      watch,
      symbol,
      bars,
      rebased ? rebuild(watch, symbol, bars, old) : old,
    );
    if (state === old) continue;
    states.set(symbol, state);
    if (alerts.length > 0) raised.push({ watched, alerts, seen: (told) => seenIn(parts, bars, told, now) });
    const recovery = recoveries.at(-1);
    if (recovery) recovered.push(recoveredIn(parts, watched, recovery, bars, now));
  }
  return { states, raised, recovered };
};

/** Brings all states up to the histories with `updates`: bars, states and the cards owed are one transaction. */
const commit = async (
  parts: WatchParts,
  memory: WatchState,
  updates: readonly HistoryUpdate[],
  now: number,
): Promise<void> => {
  const undo = lay(memory, updates);
  const replaced = new Set(updates.filter((it) => it.replaced).map(({ symbol }) => symbol));
  try {
    const { states, raised, recovered } = fold(parts, memory, replaced, now);
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

/** The symbol as the parts' source calls it. */
export const listedFor = ({ source }: WatchParts, { symbol, kind, tickers }: Watched): Listed => ({
  symbol,
  ticker: tickers[source.name.toLowerCase()] ?? symbol,
  kind,
  tickers,
});

/** Histories of custom symbols that one pass fetches: the watchlist's own must not wait for two hundred others. */
const CUSTOM_AT_ONCE = 25;

/** The symbols whose history is due: those that failed behind the others, and custom ones behind all. */
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

/** True where a symbol has a history and no state yet. */
const hasUnstarted = ({ watchlist }: WatchParts, { states, histories }: WatchState): boolean =>
  [...watchlist.symbols.keys()].some((symbol) => !states.has(symbol) && histories.bars(symbol).length > 0);

const prioritise = (due: readonly Watched[]): Watched[] => {
  const custom = due.filter((watched) => watched.custom);
  return [...due.filter((watched) => !watched.custom), ...custom.slice(0, CUSTOM_AT_ONCE)];
};

/**
 * Fetches the histories that are due (at the start, before each bell, after it until the final bar is there, and
 * where a price has jumped), sees splits, and folds the closes that are new. One that cannot be had waits for the next
 * pass, behind the others; what could be had is kept. Returns the first failure.
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
  for (const watched of prioritise(due)) {
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
    await parts.onHistory?.({
      now,
      tookMs: Math.round(performance.now() - begin),
      had: updates.length,
      ...(failure && { failed: failure.message }),
      nextAt: nextHistory(
        calendar,
        now,
        failure !== undefined || dueOf(parts, schedule, lastOf, now + MISSING_BAR_RETRY_MS).length > 0,
      ),
    });
  return failure;
};
