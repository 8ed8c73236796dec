import { basketQuote } from '../market/basket.ts';
import type { Calendar } from '../market/calendar.ts';
import { type Jump, judgeQuote, type QuoteVerdict } from '../market/judge-quote.ts';
import type { Quote, RawQuote, ReceivedQuote } from '../market/quote.ts';
import type { Listed, Quotes } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { primeState } from '../slides/fold.ts';
import { observe } from '../slides/machine.ts';
import { closesOf } from '../slides/series.ts';
import type { SlideState } from '../slides/state.ts';
import { writeLastQuote } from '../store/last-quotes.ts';
import { writeJump } from '../store/quote-jumps.ts';
import { enqueueAlerts, logAlerts, type RaisedAlerts } from './enqueue-alerts.ts';
import { listedFor } from './history-pass.ts';
import type { HistorySchedule } from './history-schedule.ts';
import type { WatchParts } from './watch-parts.ts';
import { believedPriceOf, observationOf, saveStates, type WatchState } from './watch-state.ts';

/** Trading time without a usable quote of a symbol after which its next crossing counts as late. */
const UNWATCHED_AFTER_MS = 10 * 60_000;
/** Maximum age of a part's trade in the quote of a basket, on top of the source's delay. */
const BASKET_PART_MAX_AGE_MS = 15 * 60_000;
/** Interval between two warnings about one symbol and reason: a delisted ticker is refused at every poll. */
const REFUSAL_WARNING_INTERVAL_MS = 86_400_000;

export interface QuotePass {
  /** Number of symbols whose quote was used. */
  readonly used: number;
  /** Why a quote was not used, by symbol. */
  readonly refused: ReadonlyMap<string, string>;
  /** Set if another source answered because the requested one is down. */
  readonly standIn?: Quotes['standIn'];
}

/** Whether a jump may be a split, so that its history is checked: when first seen, and every tenth poll while it waits. */
const isSuspect = (verdict: QuoteVerdict): boolean =>
  'refusal' in verdict && verdict.refusal !== 'not newer' && (verdict.memory?.jump?.polls ?? 0) % 10 === 1;

const isWaitingJump = (verdict: QuoteVerdict): boolean => 'refusal' in verdict && verdict.refusal === 'jump waits';

/** Quotes of the second source for symbols whose price has jumped, by symbol; empty without a second source. */
const confirmJumps = async (
  { source }: WatchParts,
  listed: readonly Listed[],
  jumped: readonly RawQuote[],
  now: number,
): Promise<ReadonlyMap<string, RawQuote>> => {
  if (!source.confirm || jumped.length === 0) return new Map();
  const symbols = new Set(jumped.map(({ symbol }) => symbol));
  const { quotes } = await source.confirm(
    listed.filter(({ symbol }) => symbols.has(symbol)),
    now,
  );
  return new Map(quotes.map((quote) => [quote.symbol, quote]));
};

const isFresh = (quote: Quote, now: number): boolean =>
  now - quote.tradeTime <= BASKET_PART_MAX_AGE_MS + quote.delayMinutes * 60_000;

/** Quotes of the baskets that have a newer trade than before, from fresh quotes of their parts. */
const basketQuotes = (
  parts: WatchParts,
  memory: WatchState,
  quotes: ReadonlyMap<string, Quote>,
  now: number,
): Quote[] =>
  [...parts.watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => {
    if (!sumOf) return [];
    const fresh = new Map([...memory.quotes, ...quotes].filter(([, quote]) => isFresh(quote, now)));
    const quote = basketQuote(symbol, memory.histories.parts(symbol), fresh);
    const before = memory.quotes.get(symbol);
    return quote && (!before || quote.tradeTime > before.tradeTime) ? [quote] : [];
  });

/** Whether a refusal is due for a warning; records it as logged if so. */
const takeWarning = ({ loggedRefusals }: HistorySchedule, symbol: string, reason: string, now: number): boolean => {
  const key = `${symbol} ${reason}`;
  const before = loggedRefusals.get(key);
  if (before !== undefined && now < before + REFUSAL_WARNING_INTERVAL_MS) return false;
  loggedRefusals.set(key, now);
  return true;
};

interface JudgedQuotes {
  readonly usable: ReadonlyMap<string, Quote>;
  readonly refused: ReadonlyMap<string, string>;
  /** Waiting jumps that have changed, by symbol; undefined for one that is over. */
  readonly jumps: ReadonlyMap<string, Jump | undefined>;
}

/** Judges an answer's quotes, adds those of baskets, and logs the refused ones. */
const judgeQuotes = async (
  parts: WatchParts,
  memory: WatchState,
  schedule: HistorySchedule,
  listed: readonly Listed[],
  answer: Quotes,
  now: number,
): Promise<JudgedQuotes> => {
  const { calendar, log } = parts;
  const refused = new Map<string, string>([...schedule.waiting].map((symbol) => [symbol, 'no history']));
  for (const { symbol, reason } of answer.refused) refused.set(symbol, reason);
  const jumps = new Map<string, Jump | undefined>();
  const usable = new Map<string, Quote>();
  const verdictOn = (raw: RawQuote, second?: RawQuote): QuoteVerdict =>
    judgeQuote(raw, believedPriceOf(memory, calendar, raw.symbol), calendar, now, second);
  const jumped = answer.quotes.filter((raw) => isWaitingJump(verdictOn(raw)));
  const confirmations = await confirmJumps(parts, listed, jumped, now);
  for (const raw of answer.quotes) {
    const verdict = verdictOn(raw, confirmations.get(raw.symbol));
    if (verdict.memory?.jump !== memory.jumps.get(raw.symbol)) jumps.set(raw.symbol, verdict.memory?.jump);
    if ('quote' in verdict) usable.set(raw.symbol, verdict.quote);
    else refused.set(raw.symbol, verdict.refusal);
    if (isSuspect(verdict)) schedule.suspects.add(raw.symbol);
  }
  for (const quote of basketQuotes(parts, memory, usable, now)) usable.set(quote.symbol, quote);
  for (const [symbol, reason] of refused) {
    parts.onRefused?.(reason);
    const level = reason === 'not newer' || !takeWarning(schedule, symbol, reason, now) ? 'debug' : 'warn';
    log[level]({ symbol, reason }, 'quote not used');
  }
  return { usable, refused, jumps };
};

/** Whether trading has gone on for over `gapMs` without a usable quote of this symbol before. */
const isAfterGap = (
  calendar: Calendar,
  before: ReceivedQuote | undefined,
  quote: Quote,
  now: number,
  gapMs: number,
): boolean => {
  const { session, delayMinutes } = quote;
  const expectedFrom = (calendar.hours(session)?.open ?? 0) + delayMinutes * 60_000;
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
      observationFor: (alerts) => ({ alerts, quote, final: false, late, before: bars }),
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
    const own = { ...quote, seenAt: now, afterGap };
    received.set(symbol, own);
    const folded = foldQuote(parts, memory, watched, own);
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
