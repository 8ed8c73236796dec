import type { Calendar } from '../market/calendar.ts';
import { inUnit } from '../market/in-unit.ts';
import type { Quote, ReceivedQuote } from '../market/quote.ts';
import type { Watched } from '../market/watchlist.ts';
import { primeState } from '../slides/fold.ts';
import { observe } from '../slides/machine.ts';
import { withoutRises } from '../slides/rises.ts';
import { closesOf } from '../slides/series.ts';
import { type Pending, pendingOf, type SlideState } from '../slides/state.ts';
import { isSuddenFall, isSuddenRise } from '../slides/sudden-moves.ts';
import { writeLastQuote } from '../store/last-quotes.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { enqueueAlerts, logAlerts, type RaisedAlerts } from './enqueue-alerts.ts';
import { listedFor } from './history-pass.ts';
import type { HistorySchedule } from './history-schedule.ts';
import { judgeQuotes, type UsableQuote } from './judge-quotes.ts';
import { logMemoryChanges } from './log-memory-changes.ts';
import type { WatchParts } from './watch-parts.ts';
import { observationOf, saveMemories, saveStates, type WatchState, watchOf } from './watch-state.ts';

/** Polls as frequent as this confirm a crossing by themselves: it is not asked for out of turn. */
export const FREQUENT_POLL_MS = 10_000;
/** How much newer the trade is, at least, of a quote that was asked for out of turn to confirm a crossing. */
const CONFIRMED_AFTER_MS = 5_000;
/** And of one that confirms a crossing by a step that may be a wrong tick. Most wrong ticks last for less than a minute. */
const DOUBTFUL_CONFIRMED_AFTER_MS = 58_000;
/**
 * A step between two quotes of a session that prices may make by themselves: so many times the median step of the pass, but
 * within these bounds, in percent. Within a minute prices move by 1% on their worst days only.
 */
const ORDINARY_STEP = { least: 0.3, most: 1, timesMedian: 2.5 };

/** Trading time without a usable quote of a symbol after which its next crossing counts as late. */
const UNWATCHED_AFTER_MS = 10 * MINUTE_MS;

export interface QuotePass {
  /** Number of symbols whose quote was used. */
  readonly used: number;
  /** Why a quote was not used, by symbol. */
  readonly refused: ReadonlyMap<string, string>;
  /** Of every symbol that was observed, whether a crossing waits for a quote that may be asked for at once. */
  readonly confirmedSoon: ReadonlyMap<string, boolean>;
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

/** How far a price is from the quote before in its session, in percent; undefined for the session's first. */
const stepOf = (before: Quote | undefined, { session, price }: Quote): number | undefined =>
  before?.session === session ? (100 * Math.abs(price - before.price)) / before.price : undefined;

/** The largest step, in percent, that is ordinary among those of one pass: all prices move more when one does. */
const ordinaryStep = (steps: readonly number[]): number => {
  const { least, most, timesMedian } = ORDINARY_STEP;
  const median = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  return Math.min(most, Math.max(least, timesMedian * median));
};

/**
 * Whether a quote is likely to be true: it is the session's first and counts in our unit, or no further than `ordinary`
 * percent from the quote before it. What such a quote crosses is confirmed at once, and by any other only a minute later.
 */
const isLikely = (before: Quote | undefined, { quote, basis }: UsableQuote, ordinary: number): boolean => {
  const step = stepOf(before, quote);
  return step === undefined ? basis === 'same' || basis === 'near' : step <= ordinary;
};

/** The sudden fall at whose price a quote still is, or which it makes itself; undefined for none, or one of over a minute ago. */
const steppedOf = (before: ReceivedQuote | undefined, quote: Quote, ordinary: number): ReceivedQuote['stepped'] => {
  const { price, tradeTime } = quote;
  if (before && price < before.price && (stepOf(before, quote) ?? 0) > ordinary) return { price, tradeTime };
  const stepped = before?.session === quote.session ? before.stepped : undefined;
  if (!stepped || tradeTime >= stepped.tradeTime + DOUBTFUL_CONFIRMED_AFTER_MS) return undefined;
  return 100 * Math.abs(price - stepped.price) <= ordinary * stepped.price ? stepped : undefined;
};

/** The earliest trade that confirms what a quote crosses, epoch milliseconds; undefined for any. */
const confirmedFrom = (
  before: ReceivedQuote | undefined,
  usable: UsableQuote,
  { pollMs, ordinary }: { readonly pollMs: number; readonly ordinary: number },
): number | undefined => {
  const { tradeTime } = usable.quote;
  if (!isLikely(before, usable, ordinary)) return tradeTime + DOUBTFUL_CONFIRMED_AFTER_MS;
  const stepped = steppedOf(before, usable.quote, ordinary);
  if (stepped) return stepped.tradeTime + DOUBTFUL_CONFIRMED_AFTER_MS;
  return pollMs <= FREQUENT_POLL_MS ? undefined : tradeTime + CONFIRMED_AFTER_MS;
};

/** Whether a quote that is asked for out of turn may confirm a crossing. */
const isConfirmedSoon = ({ tradeTime, confirmedFrom: from }: Pending): boolean =>
  from === tradeTime + CONFIRMED_AFTER_MS;

/**
 * Folds a quote into its symbol's state. While its unit is in doubt, our closes are taken in its unit and nothing re-arms; if
 * no split explains it, rises are not looked at.
 * Undefined if the symbol has no state, or the session's close is folded already.
 */
const foldQuote = (
  { calendar, pollMs }: WatchParts,
  memory: WatchState,
  watched: Watched,
  quote: ReceivedQuote,
  usable: UsableQuote,
  { ordinary, isExplained }: { readonly ordinary: number; readonly isExplained: boolean },
): { readonly state: SlideState; readonly raised?: RaisedAlerts } | undefined => {
  const { symbol } = watched;
  const { factor } = usable;
  const state = memory.states.get(symbol);
  const settled = watchOf(memory, symbol);
  const watch = settled && factor !== undefined && !isExplained ? withoutRises(settled) : settled;
  if (!state || !watch || (state.folded !== undefined && quote.session <= state.folded)) return undefined;
  const bars = inUnit(memory.histories.bars(symbol), factor ?? 1);
  const closes = closesOf(bars, calendar);
  const last = bars.at(-1)?.session;
  const from = confirmedFrom(memory.quotes.get(symbol), usable, { pollMs, ordinary });
  const observation = {
    ...observationOf(calendar, quote),
    ...(from !== undefined && { confirmedFrom: from }),
    missing: last === undefined ? 0 : Math.max(0, calendar.knownBetween(last, quote.session) - 1),
    ...((factor !== undefined || isSuddenRise(memory.quotes.get(symbol)?.price, quote.price)) && {
      keepsDisarmed: true,
    }),
    ...((factor !== undefined || isSuddenFall(memory.quotes.get(symbol)?.price, quote.price)) && {
      keepsRisesDisarmed: true,
    }),
  };
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
      observations: [
        {
          ...{ alerts: step.alerts, quote, final: false, late, before: bars },
          ...(factor !== undefined && { unitFactor: factor }),
        },
      ],
    },
  };
};

/**
 * Requests the quotes of all symbols, or of `only` these, judges them, and folds the usable ones into the states. States,
 * quotes and enqueued cards are one transaction.
 * @throws SourceError if the source gave nothing at all.
 */
export const quotePass = async (
  parts: WatchParts,
  memory: WatchState,
  schedule: HistorySchedule,
  now: number,
  only?: ReadonlySet<string>,
): Promise<QuotePass> => {
  const { watchlist, calendar, source, store } = parts;
  const listed = [...watchlist.symbols.values()]
    .filter(({ symbol, sumOf }) => !sumOf && !schedule.waiting.has(symbol) && (only?.has(symbol) ?? true))
    .map((watched) => listedFor(parts, watched));
  const answer = await source.quotes(listed, now);
  const { usable, refused, memories } = await judgeQuotes(parts, memory, schedule, listed, answer, now);

  const gapMs = Math.max(UNWATCHED_AFTER_MS, 3 * parts.pollMs);
  const states = new Map<string, SlideState>();
  const received = new Map<string, ReceivedQuote>();
  const raised: RaisedAlerts[] = [];
  const ordinary = ordinaryStep(
    [...usable].flatMap(([symbol, { quote }]) => stepOf(memory.quotes.get(symbol), quote) ?? []),
  );
  const take = (watched: Watched, usableQuote: UsableQuote): void => {
    const { symbol } = watched;
    const { quote, factor } = usableQuote;
    const isUnitSure = factor === undefined;
    // A price that has waited for its confirmation was watched all the time.
    const hasWaited = memory.memories.get(symbol)?.jump !== undefined;
    const afterGap = isUnitSure && !hasWaited && isAfterGap(calendar, memory.quotes.get(symbol), quote, now, gapMs);
    const stepped = steppedOf(memory.quotes.get(symbol), quote, ordinary);
    const receivedQuote = { ...quote, seenAt: now, afterGap, ...(stepped && { stepped }) };
    const isExplained = memories.get(symbol)?.doubt?.explained === true;
    const folded = foldQuote(parts, memory, watched, receivedQuote, usableQuote, { ordinary, isExplained });
    // A quote in another unit is not shown and not compared with: the last one in ours stays.
    if (isUnitSure) received.set(symbol, receivedQuote);
    if (folded) states.set(symbol, folded.state);
    if (folded?.raised) raised.push(folded.raised);
  };
  for (const [symbol, quote] of usable) {
    const watched = watchlist.symbols.get(symbol);
    if (!watched) continue;
    try {
      take(watched, quote);
    } catch (error) {
      parts.log.error({ symbol, err: error }, 'quote cannot be folded');
    }
  }

  const quotes = new Map<string, Quote>([...memory.quotes, ...received]);
  await store.transaction(async (db) => {
    for (const quote of received.values()) await writeLastQuote(db, quote);
    await saveMemories(db, memory, memories);
    await saveStates(db, memory, states, now);
    await enqueueAlerts(db, parts, memory, { raised, quotes }, now);
  });
  for (const [symbol, quote] of received) memory.quotes.set(symbol, quote);
  for (const [symbol, state] of states) memory.states.set(symbol, state);
  for (const [symbol, after] of memories) {
    const ours = memory.histories.bars(symbol).at(-1)?.close;
    logMemoryChanges(parts.log, symbol, { before: memory.memories.get(symbol), after, ours }, now);
    memory.memories.set(symbol, after);
  }
  logAlerts(parts, raised);
  const confirmedSoon = new Map(
    [...states].map(([symbol, state]) => [symbol, pendingOf(state).some(isConfirmedSoon)] as const),
  );
  return { used: usable.size, refused, confirmedSoon };
};
