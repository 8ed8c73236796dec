import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { Split } from '../market/bar.ts';
import type { Calendar } from '../market/calendar.ts';
import { createHistories, type Histories } from '../market/history.ts';
import type { Waiting } from '../market/judge-history.ts';
import { type BelievedPrice, freshMemory, MAX_TIME_AHEAD_MS } from '../market/judge-quote.ts';
import type { PriceMemory } from '../market/price-memory.ts';
import type { Quote, ReceivedQuote } from '../market/quote.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import type { Observation, Watch } from '../slides/machine.ts';
import { migrateState } from '../slides/migrate-state.ts';
import { priceNow } from '../slides/price-levels.ts';
import { withoutRises } from '../slides/rises.ts';
import type { SlideState } from '../slides/state.ts';
import { readBars, readSplits } from '../store/bars.ts';
import { readLastQuotes } from '../store/last-quotes.ts';
import { readPriceMemories, writePriceMemory } from '../store/price-memories.ts';
import { readStates, writeState } from '../store/slide-states.ts';
import type { Db } from '../store/store.ts';
import { rebuild } from './catch-up.ts';

/** The watchlist entry of a symbol and the rules its state was folded under. */
export interface SymbolRules {
  readonly watched: Watched;
  readonly watch: Watch;
}

/** In-memory copy of what the store holds of every watched symbol. It changes only after a commit. */
export interface WatchState {
  readonly histories: Histories;
  readonly states: Map<string, SlideState>;
  /** Changes only between two polls, so that one poll uses one set of rules. */
  readonly symbolRules: Map<string, SymbolRules>;
  readonly quotes: Map<string, ReceivedQuote>;
  /** What is not settled about prices: jumps, doubts of the unit, what quotes have said of closes. */
  readonly memories: Map<string, PriceMemory>;
  /** What the last histories held that was not taken, and why. */
  readonly waiting: Map<string, readonly Waiting[]>;
}

/** The rules of a symbol: those of all channels in one. */
export const symbolRulesOf = (rules: EffectiveRules, watched: Watched): SymbolRules => ({
  watched,
  watch: {
    rules: rules.union(watched.symbol),
    ...(watched.valueStep !== undefined && { valueStep: watched.valueStep }),
  },
});

/** Serialises rules, for the store and to compare them. */
const rulesKey = (watch: Watch): string => JSON.stringify(watch);

/** Parses stored rules; undefined if they are not readable. */
const parseRules = (key: string): Watch | undefined => {
  try {
    const read = JSON.parse(key) as Partial<Watch>;
    return Array.isArray(read.rules?.drawdown) && Array.isArray(read.rules.day) ? (read as Watch) : undefined;
  } catch {
    return undefined;
  }
};

/** Stores the state of a symbol with the rules it was folded under. */
export const saveState = async (
  db: Db,
  { watched, watch }: SymbolRules,
  state: SlideState,
  now: number,
): Promise<void> => {
  await writeState(db, watched.symbol, { state, rules: rulesKey(watch) }, now);
};

/** Stores states by symbol, each with the rules it was folded under. */
export const saveStates = async (
  db: Db,
  { symbolRules }: WatchState,
  states: ReadonlyMap<string, SlideState>,
  now: number,
): Promise<void> => {
  for (const [symbol, state] of states) {
    const rules = symbolRules.get(symbol);
    if (rules) await saveState(db, rules, state, now);
  }
};

/** A quote as an observation of the machine. */
export const observationOf = (calendar: Calendar, quote: Quote): Observation => {
  const { symbol, session, price, tradeTime } = quote;
  return { symbol, session, price, tradeTime, final: false, previousSession: calendar.previous(session) };
};

/** Whether a state knows of sessions that have not been: a wrong clock has made it. */
const isOfFuture = ({ folded, joined }: SlideState, calendar: Calendar, now: number): boolean =>
  (folded !== undefined && folded > calendar.lastFinal(now)) ||
  (joined !== undefined && joined > calendar.sessionOf(now));

/**
 * Reads the state that earlier runs have stored. States folded under other rules are migrated without alerts. If the old
 * rules are not readable, the closes are folded anew, and the session under way, or of the last quote, counts as begun
 * before watching: its first quote raises nothing.
 */
export const loadWatchState = async (
  db: Db,
  watchlist: Watchlist,
  rules: EffectiveRules,
  calendar: Calendar,
  now: number,
): Promise<WatchState> => {
  const histories = createHistories(watchlist);
  const lastEnded = calendar.lastFinal(now);
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf) {
      // A bar of a session that has not ended yet was taken by a wrong clock; the right one will replace it.
      const ended = (await readBars(db, symbol)).filter(({ session }) => session <= lastEnded);
      histories.set(symbol, ended, await readSplits(db, symbol));
    }

  const quotes = await readLastQuotes(db);
  // Written by a wrong clock or an earlier version: it would mute the symbol until then.
  for (const [symbol, { tradeTime }] of quotes) if (tradeTime > now + MAX_TIME_AHEAD_MS) quotes.delete(symbol);
  const memories = await readPriceMemories(db);
  for (const [symbol, memory] of memories) memories.set(symbol, freshMemory(memory, now));
  const saved = await readStates(db);
  const states = new Map<string, SlideState>();
  const symbolRules = new Map<string, SymbolRules>();
  for (const watched of watchlist.symbols.values()) {
    const { symbol } = watched;
    const found = saved.get(symbol);
    const current = symbolRulesOf(rules, watched);
    const { watch } = current;
    symbolRules.set(symbol, current);
    if (!found) continue;
    const bars = histories.bars(symbol);
    const { folded } = found.state;
    const before = parseRules(found.rules);
    if (before && isOfFuture(found.state, calendar, now)) {
      const { joined, ...old } = found.state;
      const known = bars.at(-1)?.session ?? lastEnded;
      const past = folded !== undefined && folded > known ? { folded: known } : {};
      const session = calendar.sessionOf(now);
      const began = joined !== undefined && { joined: joined < session ? joined : session };
      states.set(symbol, rebuild(watch, symbol, bars, { ...old, ...past, ...began }, calendar));
    } else if (found.rules === rulesKey(watch)) states.set(symbol, found.state);
    else if (before) {
      const last = quotes.get(symbol);
      const quote = last && observationOf(calendar, last);
      states.set(symbol, migrateState(before, watch, symbol, bars, found.state, quote));
    } else if (folded !== undefined) {
      const joined = calendar.isOpen(now) ? calendar.sessionOf(now) : quotes.get(symbol)?.session;
      const rebuilt = rebuild(
        watch,
        symbol,
        bars,
        { folded, drawdown: {}, ...(joined !== undefined && joined > folded && { joined }) },
        calendar,
      );
      states.set(symbol, rebuilt);
    }
  }
  return { histories, states, symbolRules, quotes, memories, waiting: new Map() };
};

/** Reads the stored state anew, as of `now`, into `memory`. @throws StoreError, with `memory` as it was. */
export const reloadWatchState = async (
  memory: WatchState,
  ...given: Parameters<typeof loadWatchState>
): Promise<void> => {
  const fresh = await loadWatchState(...given);
  const [, watchlist] = given;
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf) memory.histories.set(symbol, fresh.histories.bars(symbol), fresh.histories.splits(symbol));
  const replace = <Value>(map: Map<string, Value>, by: ReadonlyMap<string, Value>): void => {
    map.clear();
    for (const [symbol, value] of by) map.set(symbol, value);
  };
  replace(memory.states, fresh.states);
  replace(memory.symbolRules, fresh.symbolRules);
  replace(memory.quotes, fresh.quotes);
  replace(memory.memories, fresh.memories);
  replace(memory.waiting, fresh.waiting);
};

/** The price that the next quote of a symbol is judged by: the last quote, or a newer close. */
export const believedPriceOf = (memory: WatchState, calendar: Calendar, symbol: string): BelievedPrice | undefined => {
  const quote = memory.quotes.get(symbol);
  const bar = memory.histories.bars(symbol).at(-1);
  if (quote && (!bar || quote.session > bar.session)) return quote;
  return bar && { price: bar.close, tradeTime: calendar.hours(bar.session)?.close ?? 0, session: bar.session };
};

/** Stores the memories that differ from those in memory. */
export const saveMemories = async (
  db: Db,
  { memories }: WatchState,
  changed: ReadonlyMap<string, PriceMemory>,
): Promise<void> => {
  for (const [symbol, memory] of changed)
    if (memory !== memories.get(symbol)) await writePriceMemory(db, symbol, memory);
};

/** Whether the prices of a symbol, or of a part of a basket, wait: a jump or a doubt about its unit. */
export const isUnsettled = ({ memories, histories }: WatchState, symbol: string): boolean =>
  [symbol, ...histories.parts(symbol).map((part) => part.symbol)].some((it) => {
    const memory = memories.get(it);
    return memory?.jump !== undefined || memory?.doubt !== undefined;
  });

/** Rules with the prices that were set in today's unit. */
const withTargets = (watch: Watch, splits: readonly Split[]): Watch => {
  const { price } = watch.rules;
  if (!price || splits.length === 0) return watch;
  return { ...watch, rules: { ...watch.rules, price: price.map((it) => ({ ...it, target: priceNow(it, splits) })) } };
};

/**
 * The rules that a symbol is judged by now: while its first history, or that of a part of a basket, is in doubt, those of
 * the day alone; while the unit is and no split explains it, those without rises: the reading that is milder for falls is not
 * for them. Undefined for a symbol that is not watched.
 */
export const watchOf = ({ symbolRules, memories, histories }: WatchState, symbol: string): Watch | undefined => {
  const watch = symbolRules.get(symbol)?.watch;
  const parts = [symbol, ...histories.parts(symbol).map((part) => part.symbol)];
  const priced = watch && withTargets(watch, histories.splits(symbol));
  const doubts = parts.flatMap((it) => memories.get(it)?.doubt ?? []);
  if (!priced || doubts.every(({ explained }) => explained)) return priced;
  const falls = withoutRises(priced);
  return doubts.some(({ reason }) => reason === 'first history') ? { rules: { ...falls.rules, drawdown: [] } } : falls;
};

/** Whether something is not settled about a symbol, or about a part of a basket. */
export const hasOpenQuestion = (memory: WatchState, symbol: string): boolean =>
  openQuestionOfAny(memory, symbol) !== undefined;

/** What is not settled about the prices of a symbol or of its parts; undefined for nothing. */
export const openQuestionOfAny = (memory: WatchState, symbol: string): string | undefined =>
  [symbol, ...memory.histories.parts(symbol).map((part) => part.symbol)]
    .map((it) => openQuestion(memory, it))
    .find((question) => question !== undefined);

/** What is not settled about the prices of a symbol, in a few fixed words; undefined for nothing. */
export const openQuestion = ({ memories, waiting }: WatchState, symbol: string): string | undefined => {
  const reason = memories.get(symbol)?.doubt?.reason;
  if (reason === 'first history') return 'history in doubt';
  return reason === undefined ? waiting.get(symbol)?.[0]?.because : 'unit in doubt';
};
