import type { Calendar } from '../market/calendar.ts';
import type { Quote, ReceivedQuote } from '../market/quote.ts';
import type { Quotes } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { primeState } from '../slides/fold.ts';
import { observe } from '../slides/machine.ts';
import { closesOf } from '../slides/series.ts';
import type { SlideState } from '../slides/state.ts';
import { writeLastQuote } from '../store/last-quotes.ts';
import { writeJump } from '../store/quote-jumps.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { enqueueAlerts, logAlerts, type RaisedAlerts } from './enqueue-alerts.ts';
import { listedFor } from './history-pass.ts';
import type { HistorySchedule } from './history-schedule.ts';
import { judgeQuotes } from './judge-quotes.ts';
import type { WatchParts } from './watch-parts.ts';
import { observationOf, saveStates, type WatchState } from './watch-state.ts';

/** Trading time without a usable quote of a symbol after which its next crossing counts as late. */
const UNWATCHED_AFTER_MS = 10 * MINUTE_MS;

export interface QuotePass {
  /** Number of symbols whose quote was used. */
  readonly used: number;
  /** Why a quote was not used, by symbol. */
  readonly refused: ReadonlyMap<string, string>;
  /** Set if another source answered because the requested one is down. */
  readonly standIn?: Quotes['standIn'];
}

/** Whether trading has gone on for over `gapMs` without a usable quote of this symbol before. */
const isAfterGap = (
  calendar: Calendar,
  before: ReceivedQuote | undefined,
  quote: Quote,
  now: number,
  gapMs: number,
): boolean => {
  const { session, delayMinutes } = quote;
  const expectedFrom = (calendar.hours(session)?.open ?? 0) + delayMinutes * MINUTE_MS;
  return now - Math.max(before?.seenAt ?? 0, expectedFrom) > gapMs;
};

/** Folds a quote into its symbol's state. Undefined if the symbol has no state, or the session's close is folded already. */
const foldQuote = (
  { calendar }: WatchParts,
  memory: WatchState,
  watched: Watched,
  quote: ReceivedQuote,
): { readonly state: SlideState; readonly raised?: RaisedAlerts } | undefined => {
  const { symbol } = watched;
  const state = memory.states.get(symbol);
  const watch = memory.symbolRules.get(symbol)?.watch;
  if (!state || !watch || (state.folded !== undefined && quote.session <= state.folded)) return undefined;
  const bars = memory.histories.bars(symbol);
  const closes = closesOf(bars);
  const observation = observationOf(calendar, quote);
  if (state.joined === quote.session) return { state: primeState(watch, state, closes, bars.length, observation) };
  const step = observe(watch, state, closes, bars.length, observation);
  if (step.alerts.length === 0) return { state: step.state };
  const before = memory.quotes.get(symbol);
  const late = quote.afterGap || (before?.session === quote.session && before.afterGap);
  return {
    state: step.state,
    raised: {
      watched,
      alerts: step.alerts,
      observations: [{ alerts: step.alerts, quote, final: false, late, before: bars }],
    },
  };
};

/**
 * Requests the quotes of all symbols, judges them, and folds the usable ones into the states. States, quotes and enqueued
 * cards are one transaction.
 * @throws SourceError if the source gave nothing at all.
 */
export const quotePass = async (
  parts: WatchParts,
  memory: WatchState,
  schedule: HistorySchedule,
  now: number,
): Promise<QuotePass> => {
  const { watchlist, calendar, source, store } = parts;
  const listed = [...watchlist.symbols.values()]
    .filter(({ symbol, sumOf }) => !sumOf && !schedule.waiting.has(symbol))
    .map((watched) => listedFor(parts, watched));
  const answer = await source.quotes(listed, now);
  const { usable, refused, jumps } = await judgeQuotes(parts, memory, schedule, listed, answer, now);

  const gapMs = Math.max(UNWATCHED_AFTER_MS, 3 * parts.pollMs);
  const states = new Map<string, SlideState>();
  const received = new Map<string, ReceivedQuote>();
  const raised: RaisedAlerts[] = [];
  for (const [symbol, quote] of usable) {
    const watched = watchlist.symbols.get(symbol);
    if (!watched) continue;
    const afterGap = isAfterGap(calendar, memory.quotes.get(symbol), quote, now, gapMs);
    const receivedQuote = { ...quote, seenAt: now, afterGap };
    received.set(symbol, receivedQuote);
    const folded = foldQuote(parts, memory, watched, receivedQuote);
    if (folded) states.set(symbol, folded.state);
    if (folded?.raised) raised.push(folded.raised);
  }

  await store.transaction(async (db) => {
    for (const quote of received.values()) await writeLastQuote(db, quote);
    for (const [symbol, jump] of jumps) await writeJump(db, symbol, jump);
    await saveStates(db, memory, states, now);
    await enqueueAlerts(db, parts, memory, { raised, quotes: new Map([...memory.quotes, ...usable]) }, now);
  });
  for (const [symbol, quote] of received) memory.quotes.set(symbol, quote);
  for (const [symbol, state] of states) memory.states.set(symbol, state);
  for (const [symbol, jump] of jumps)
    if (jump) memory.jumps.set(symbol, jump);
    else memory.jumps.delete(symbol);
  logAlerts(parts, raised);
  return { used: usable.size, refused, ...(answer.standIn && { standIn: answer.standIn }) };
};
