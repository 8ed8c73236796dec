import type { EffectiveRules } from '../channels/effective-rules.ts';
import type { Calendar } from '../market/calendar.ts';
import { createHistories, type Histories } from '../market/history.ts';
import type { BelievedPrice, Jump } from '../market/judge-quote.ts';
import type { Quote, SeenQuote } from '../market/quote.ts';
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

/** What a symbol's state stands under. */
export interface SymbolRules {
  readonly watched: Watched;
  readonly watch: Watch;
}

/** What is known of every watched symbol. A copy of the store's: it changes only after a commit. */
export interface WatchState {
  readonly histories: Histories;
  readonly states: Map<string, SlideState>;
  /** Changed between two looks at the market only, so that one look is of one set of rules. */
  readonly symbolRules: Map<string, SymbolRules>;
  readonly quotes: Map<string, SeenQuote>;
  /** Prices that wait for another quote to agree. */
  readonly jumps: Map<string, Jump>;
}

/** How a symbol is watched for all channels together. */
export const symbolRulesOf = (rules: EffectiveRules, watched: Watched): SymbolRules => ({
  watched,
  watch: {
    rules: rules.union(watched.symbol),
    ...(watched.valueStep !== undefined && { valueStep: watched.valueStep }),
  },
});

/** Tells one set of rules from another, and holds them. */
const rulesKey = (watch: Watch): string => JSON.stringify(watch);

const watchIn = (key: string): Watch | undefined => {
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

/** A quote as the machine sees it. */
export const observationOf = (calendar: Calendar, quote: Quote): Observation => {
  const { symbol, session, price, tradeTime } = quote;
  return { symbol, session, price, tradeTime, final: false, previousSession: calendar.previous(session) };
};

/**
 * Reads what earlier runs have left. A state that stands under other rules takes the new ones over in silence. Where the
 * old ones cannot be read it is folded anew up to where it stood; in the session under way, and in one whose quotes the
 * old rules have judged, only what comes after counts.
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
    const standing = symbolRulesOf(rules, watched);
    const { watch } = standing;
    symbolRules.set(symbol, standing);
    if (!found) continue;
    const bars = histories.bars(symbol);
    const { folded } = found.state;
    const before = watchIn(found.rules);
    if (found.rules === rulesKey(watch)) states.set(symbol, found.state);
    else if (before) {
      const last = quotes.get(symbol);
      const quote = last && observationOf(calendar, last);
      states.set(symbol, migrateState(before, watch, symbol, bars, found.state, quote));
    } else if (folded !== undefined) {
      const judged = quotes.get(symbol)?.session;
      const joined = calendar.isOpen(now) ? calendar.sessionOf(now) : judged;
      const anew = rebuild(watch, symbol, bars, {
        folded,
        drawdown: {},
        ...(joined !== undefined && joined > folded && { joined }),
      });
      states.set(symbol, anew);
    }
  }
  return { histories, states, symbolRules, quotes, jumps: await readJumps(db) };
};

/**
 * What the next quote of a symbol is judged by: the last one, or the last close where that is newer, and a jump that
 * waits.
 */
export const judgedBy = (memory: WatchState, calendar: Calendar, symbol: string): BelievedPrice | undefined => {
  const jump = memory.jumps.get(symbol);
  const waiting = jump && { jump };
  const quote = memory.quotes.get(symbol);
  const bar = memory.histories.bars(symbol).at(-1);
  if (quote && (!bar || quote.session > bar.session))
    return { price: quote.price, tradeTime: quote.tradeTime, ...waiting };
  return bar && { price: bar.close, tradeTime: calendar.hours(bar.session)?.close ?? 0, ...waiting };
};
