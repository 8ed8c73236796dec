import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { Calendar } from '../market/calendar.ts';
import { createHistories, type Histories } from '../market/history.ts';
import type { BelievedPrice, Jump } from '../market/judge-quote.ts';
import type { Quote, ReceivedQuote } from '../market/quote.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import type { Observation, Watch } from '../slides/machine.ts';
import { migrateState } from '../slides/migrate-state.ts';
import type { SlideState } from '../slides/state.ts';
import { readBars, readSplits } from '../store/bars.ts';
import { readLastQuotes } from '../store/last-quotes.ts';
import { readJumps } from '../store/quote-jumps.ts';
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
  /** Prices that wait for confirmation. */
  readonly jumps: Map<string, Jump>;
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
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf) histories.set(symbol, await readBars(db, symbol), await readSplits(db, symbol));

  const quotes = await readLastQuotes(db);
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
    if (found.rules === rulesKey(watch)) states.set(symbol, found.state);
    else if (before) {
      const last = quotes.get(symbol);
      const quote = last && observationOf(calendar, last);
      states.set(symbol, migrateState(before, watch, symbol, bars, found.state, quote));
    } else if (folded !== undefined) {
      const joined = calendar.isOpen(now) ? calendar.sessionOf(now) : quotes.get(symbol)?.session;
      const rebuilt = rebuild(watch, symbol, bars, {
        folded,
        drawdown: {},
        ...(joined !== undefined && joined > folded && { joined }),
      });
      states.set(symbol, rebuilt);
    }
  }
  return { histories, states, symbolRules, quotes, jumps: await readJumps(db) };
};

/** What the next quote of a symbol is judged by: the last quote or a newer close, and a jump that waits. */
export const believedPriceOf = (memory: WatchState, calendar: Calendar, symbol: string): BelievedPrice | undefined => {
  const jump = memory.jumps.get(symbol);
  const waiting = jump && { jump };
  const quote = memory.quotes.get(symbol);
  const bar = memory.histories.bars(symbol).at(-1);
  if (quote && (!bar || quote.session > bar.session))
    return { price: quote.price, tradeTime: quote.tradeTime, ...waiting };
  return bar && { price: bar.close, tradeTime: calendar.hours(bar.session)?.close ?? 0, ...waiting };
};
