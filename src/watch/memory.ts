import type { Calendar } from '../market/calendar.ts';
import { createHistories, type Histories } from '../market/history.ts';
import type { Jump, Memory } from '../market/judge.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import type { Watch } from '../slides/machine.ts';
import type { SlideState } from '../slides/state.ts';
import { readBars, readSplits } from '../store/bars.ts';
import { readLastQuotes, type SeenQuote } from '../store/last-quotes.ts';
import { readJumps } from '../store/quote-memories.ts';
import { readStates, writeState } from '../store/slide-states.ts';
import type { Db } from '../store/store.ts';
import { rebuild } from './catch-up.ts';

/** What is known of every watched symbol. A copy of the store's: it changes only after a commit. */
export interface WatchMemory {
  readonly histories: Histories;
  readonly states: Map<string, SlideState>;
  readonly quotes: Map<string, SeenQuote>;
  /** Prices that wait for another quote to agree. */
  readonly jumps: Map<string, Jump>;
}

export const watchOf = (watchlist: Watchlist, { kind, valueStep }: Watched): Watch => ({
  rules: watchlist.rules[kind],
  ...(valueStep !== undefined && { valueStep }),
});

/** Tells one set of rules from another. */
export const rulesKey = (watch: Watch): string => JSON.stringify(watch);

export const saveState = async (
  db: Db,
  watchlist: Watchlist,
  symbol: string,
  state: SlideState,
  now: number,
): Promise<void> => {
  const watched = watchlist.symbols.get(symbol);
  if (watched) await writeState(db, symbol, { state, rules: rulesKey(watchOf(watchlist, watched)) }, now);
};

/**
 * Reads what earlier runs have left. A state that was folded under other rules is folded anew, in silence, up to
 * where it stood; in the session under way, and in one whose quotes the old rules have judged, only what comes after
 * counts.
 */
export const loadMemory = async (
  db: Db,
  watchlist: Watchlist,
  calendar: Calendar,
  now: number,
): Promise<WatchMemory> => {
  const histories = createHistories(watchlist);
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf) histories.set(symbol, await readBars(db, symbol), await readSplits(db, symbol));

  const quotes = await readLastQuotes(db);
  const saved = await readStates(db);
  const states = new Map<string, SlideState>();
  for (const watched of watchlist.symbols.values()) {
    const found = saved.get(watched.symbol);
    const watch = watchOf(watchlist, watched);
    if (!found) continue;
    const { folded } = found.state;
    if (found.rules === rulesKey(watch)) states.set(watched.symbol, found.state);
    else if (folded !== undefined) {
      const judged = quotes.get(watched.symbol)?.session;
      const joined = calendar.isOpen(now) ? calendar.sessionOf(now) : judged;
      const anew = rebuild(watch, watched.symbol, histories.bars(watched.symbol), {
        folded,
        drawdown: {},
        ...(joined !== undefined && joined > folded && { joined }),
      });
      states.set(watched.symbol, anew);
    }
  }
  return { histories, states, quotes, jumps: await readJumps(db) };
};

/**
 * What the next quote of a symbol is judged by: the last one, or the last close where that is newer, and a jump that
 * waits.
 */
export const judgedBy = (memory: WatchMemory, calendar: Calendar, symbol: string): Memory | undefined => {
  const jump = memory.jumps.get(symbol);
  const waiting = jump && { jump };
  const quote = memory.quotes.get(symbol);
  const bar = memory.histories.bars(symbol).at(-1);
  if (quote && (!bar || quote.session > bar.session))
    return { price: quote.price, tradeTime: quote.tradeTime, ...waiting };
  return bar && { price: bar.close, tradeTime: calendar.hours(bar.session)?.close ?? 0, ...waiting };
};
