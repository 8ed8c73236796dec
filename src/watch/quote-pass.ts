import type { Calendar } from '../market/calendar.ts';
import { type Jump, judgeQuote, type QuoteVerdict } from '../market/judge-quote.ts';
import type { Quote, RawQuote, SeenQuote } from '../market/quote.ts';
import type { Listed, Quotes } from '../market/source.ts';
import type { Watched } from '../market/watchlist.ts';
import { primeState } from '../slides/fold.ts';
import { observe } from '../slides/machine.ts';
import { closesOf } from '../slides/series.ts';
import type { SlideState } from '../slides/state.ts';
import { writeLastQuote } from '../store/last-quotes.ts';
import { writeJump } from '../store/quote-jumps.ts';
import type { Alert } from '../stories/alert.ts';
import { basketQuote } from './basket-quote.ts';
import { enqueueAlerts, logAlerts, type Raised } from './enqueue-alerts.ts';
import { listedFor } from './history-pass.ts';
import type { HistorySchedule } from './history-schedule.ts';
import type { WatchParts } from './watch-parts.ts';
import { judgedBy, observationOf, saveStates, type WatchState } from './watch-state.ts';

/** Without a usable quote for so long, in trading time, nobody was watching. */
const GAP_MS = 10 * 60_000;
const FRESH_MS = 15 * 60_000;

export interface QuotePass {
  /** Symbols whose quote was used. */
  readonly used: number;
  readonly refused: ReadonlyMap<string, string>;
  /** Set where another source answered in place of the one that was asked. */
  readonly standIn?: Quotes['standIn'];
}

const isFresh = (quote: Quote, now: number): boolean => now - quote.tradeTime <= FRESH_MS + quote.delayMinutes * 60_000;

/** A jump may be a split: its history is looked at when it is first seen, and every tenth poll while it is held. */
const isSuspect = (verdict: QuoteVerdict): boolean =>
  'refusal' in verdict && verdict.refusal !== 'not newer' && (verdict.memory?.jump?.polls ?? 0) % 10 === 1;

const waits = (verdict: QuoteVerdict): boolean => 'refusal' in verdict && verdict.refusal === 'jump waits';

/** What a second source says of the symbols whose price has jumped, where there is one. */
const askSecond = async (
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

/** Synthetic symbols, of the quotes that are fresh; none where nothing in them is newer than before. */
const sums = (parts: WatchParts, memory: WatchState, quotes: ReadonlyMap<string, Quote>, now: number): Quote[] =>
  [...parts.watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => {
    if (!sumOf) return [];
    const fresh = new Map([...memory.quotes, ...quotes].filter(([, quote]) => isFresh(quote, now)));
    const sum = basketQuote(symbol, memory.histories.parts(symbol), fresh);
    const before = memory.quotes.get(symbol);
    return sum && (!before || sum.tradeTime > before.tradeTime) ? [sum] : [];
  });

const DAY_MS = 86_400_000;

/** True once a day for one reason: a ticker that is traded no more is refused at every poll. Notes that it was told. */
const isNews = ({ refusals }: HistorySchedule, symbol: string, reason: string, now: number): boolean => {
  const key = `${symbol} ${reason}`;
  const before = refusals.get(key);
  if (before !== undefined && now < before + DAY_MS) return false;
  refusals.set(key, now);
  return true;
};

/** True where trading has gone on for long without our seeing a quote of this symbol, though the source had one. */
const isAfterGap = (calendar: Calendar, before: SeenQuote | undefined, quote: Quote, now: number, gap: number) => {
  const { session, delayMinutes } = quote;
  const first = (calendar.hours(session)?.open ?? 0) + delayMinutes * 60_000;
  return now - Math.max(before?.seenAt ?? 0, first) > gap;
};

/**
 * Asks for the quotes of all symbols, judges them, and folds the usable ones into the states; states, quotes and the
 * cards owed are one transaction.
 * @throws SourceError where the source gave nothing at all.
 */
export const quotePass = async (
  parts: WatchParts,
  memory: WatchState,
  schedule: HistorySchedule,
  now: number,
): Promise<QuotePass> => {
  const { watchlist, calendar, source, store, log } = parts;
  const listed = [...watchlist.symbols.values()]
    .filter(({ symbol, sumOf }) => !sumOf && !schedule.waiting.has(symbol))
    .map((watched) => listedFor(parts, watched));
  const answer = await source.quotes(listed, now);
  const refused = new Map<string, string>([...schedule.waiting].map((symbol) => [symbol, 'no history']));
  for (const { symbol, reason } of answer.refused) refused.set(symbol, reason);
  const jumps = new Map<string, Jump | undefined>();
  const usable = new Map<string, Quote>();
  const verdictOn = (raw: RawQuote, second?: RawQuote): QuoteVerdict =>
    judgeQuote(raw, judgedBy(memory, calendar, raw.symbol), calendar, now, second);
  const opinions = await askSecond(
    parts,
    listed,
    answer.quotes.filter((raw) => waits(verdictOn(raw))),
    now,
  );
  for (const raw of answer.quotes) {
    const verdict = verdictOn(raw, opinions.get(raw.symbol));
    if (verdict.memory?.jump !== memory.jumps.get(raw.symbol)) jumps.set(raw.symbol, verdict.memory?.jump);
    if ('quote' in verdict) usable.set(raw.symbol, verdict.quote);
    else refused.set(raw.symbol, verdict.refusal);
    if (isSuspect(verdict)) schedule.suspects.add(raw.symbol);
  }
  for (const sum of sums(parts, memory, usable, now)) usable.set(sum.symbol, sum);
  for (const [symbol, reason] of refused) {
    parts.onRefused?.(reason);
    const level = reason === 'not newer' || !isNews(schedule, symbol, reason, now) ? 'debug' : 'warn';
    log[level]({ symbol, reason }, 'quote not used');
  }

  const gap = Math.max(GAP_MS, 3 * parts.pollMs);
  const states = new Map<string, SlideState>();
  const seen = new Map<string, SeenQuote>();
  const raised: Raised[] = [];
  const follow = (watched: Watched, quote: Quote): void => {
    const { symbol } = watched;
    const before = memory.quotes.get(symbol);
    const afterGap = isAfterGap(calendar, before, quote, now, gap);
    seen.set(symbol, { ...quote, seenAt: now, afterGap });
    const state = memory.states.get(symbol);
    const bars = memory.histories.bars(symbol);
    if (!state || (state.folded !== undefined && quote.session <= state.folded)) return;
    const watch = memory.symbolRules.get(symbol)?.watch;
    if (!watch) return;
    const closes = closesOf(bars);
    const observation = observationOf(calendar, quote);
    if (state.joined === quote.session) {
      states.set(symbol, primeState(watch, state, closes, bars.length, observation));
      return;
    }
    const step = observe(watch, state, closes, bars.length, observation);
    states.set(symbol, step.state);
    if (step.alerts.length === 0) return;
    const late = afterGap || (before?.session === quote.session && before.afterGap);
    const told = (alerts: readonly Alert[]) => ({ alerts, quote, final: false, late, before: bars });
    raised.push({ watched, alerts: step.alerts, seen: told });
  };
  for (const [symbol, quote] of usable) {
    const watched = watchlist.symbols.get(symbol);
    if (watched) follow(watched, quote);
  }

  await store.transaction(async (db) => {
    for (const quote of seen.values()) await writeLastQuote(db, quote);
    for (const [symbol, jump] of jumps) await writeJump(db, symbol, jump);
    await saveStates(db, memory, states, now);
    await enqueueAlerts(db, parts, memory, { raised, quotes: new Map([...memory.quotes, ...usable]) }, now);
  });
  for (const [symbol, quote] of seen) memory.quotes.set(symbol, quote);
  for (const [symbol, state] of states) memory.states.set(symbol, state);
  for (const [symbol, jump] of jumps)
    if (jump) memory.jumps.set(symbol, jump);
    else memory.jumps.delete(symbol);
  logAlerts(parts, raised);
  return { used: usable.size, refused, ...(answer.standIn && { standIn: answer.standIn }) };
};
