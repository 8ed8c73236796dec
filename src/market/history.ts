import type { Bar, Split } from './bar.ts';
import { type BasketPart, basketBars } from './basket.ts';
import type { SessionDate } from './calendar.ts';
import type { Watched, Watchlist } from './watchlist.ts';

/** In-memory copy of the final bars and splits of every watched symbol. */
export interface Histories {
  /** Oldest first. Bars of a basket are computed from its parts. */
  bars(symbol: string): readonly Bar[];
  splits(symbol: string): readonly Split[];
  /** Shares outstanding at today's prices: the count on file times every split since. Undefined for an index or a basket. */
  shares(symbol: string): number | undefined;
  /** The parts of a basket; empty for any other symbol. */
  parts(symbol: string): readonly BasketPart[];
  set(symbol: string, bars: readonly Bar[], splits: readonly Split[]): void;
  /** For a symbol that is no longer watched. */
  forget(symbol: string): void;
}

/** Shares outstanding of a stock: its count on file times the splits since. Undefined for an index or a basket. */
export const sharesAfter = (watched: Watched, splits: readonly Split[]): number | undefined => {
  if (watched.shares === undefined) return undefined;
  const { count, asOf } = watched.shares;
  return splits
    .filter(({ session }) => session > asOf)
    .reduce((shares, { numerator, denominator }) => Math.round((shares * numerator) / denominator), count);
};

export const createHistories = (watchlist: Watchlist): Histories => {
  const bars = new Map<string, readonly Bar[]>();
  const splits = new Map<string, readonly Split[]>();
  const shares = (symbol: string): number | undefined => {
    const watched = watchlist.symbols.get(symbol);
    return watched && sharesAfter(watched, splits.get(symbol) ?? []);
  };
  const parts = (symbol: string): BasketPart[] =>
    (watchlist.symbols.get(symbol)?.sumOf ?? []).map((part) => ({ symbol: part, shares: shares(part) ?? 0 }));
  return {
    bars: (symbol) => {
      const own = bars.get(symbol);
      if (own) return own;
      const basketParts = parts(symbol);
      if (basketParts.length === 0) return [];
      const computed = basketBars(basketParts, bars);
      bars.set(symbol, computed);
      return computed;
    },
    splits: (symbol) => splits.get(symbol) ?? [],
    shares,
    parts,
    set: (symbol, newBars, newSplits) => {
      bars.set(symbol, newBars);
      splits.set(symbol, newSplits);
      for (const watched of watchlist.symbols.values())
        if (watched.sumOf?.includes(symbol)) bars.delete(watched.symbol);
    },
    forget: (symbol) => {
      bars.delete(symbol);
      splits.delete(symbol);
    },
  };
};

/** `bars` with the sessions of `fresh` added or replaced, oldest first. */
export const mergeBars = (bars: readonly Bar[], fresh: readonly Bar[]): Bar[] => {
  const bySession = new Map<SessionDate, Bar>([...bars, ...fresh].map((bar) => [bar.session, bar]));
  return [...bySession.values()].sort((a, b) => (a.session < b.session ? -1 : 1));
};
