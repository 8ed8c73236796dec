import type { Bar, Split } from './bar.ts';
import { type BasketPart, basketBars } from './basket.ts';
import type { SessionDate } from './calendar.ts';
import type { Watched, Watchlist } from './watchlist.ts';

/** Final bars of every watched symbol, in memory; the store holds them for good. */
export interface Histories {
  /** Oldest first; those of a synthetic symbol are made of its parts'. */
  bars(symbol: string): readonly Bar[];
  splits(symbol: string): readonly Split[];
  /** Shares as of today's prices: the count on file times every split since. Undefined for an index or a sum. */
  shares(symbol: string): number | undefined;
  parts(symbol: string): readonly BasketPart[];
  set(symbol: string, bars: readonly Bar[], splits: readonly Split[]): void;
  /** Of a symbol that nobody watches any more. */
  forget(symbol: string): void;
}

const multiplied = (watched: Watched, splits: readonly Split[]): number | undefined => {
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
    return watched && multiplied(watched, splits.get(symbol) ?? []);
  };
  const parts = (symbol: string): BasketPart[] =>
    (watchlist.symbols.get(symbol)?.sumOf ?? []).map((part) => ({ symbol: part, shares: shares(part) ?? 0 }));
  return {
    bars: (symbol) => {
      const own = bars.get(symbol);
      if (own) return own;
      const of = parts(symbol);
      if (of.length === 0) return [];
      const sum = basketBars(of, bars);
      bars.set(symbol, sum);
      return sum;
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

/** `bars` with `fresh` laid over them, session by session, oldest first. */
export const mergeBars = (bars: readonly Bar[], fresh: readonly Bar[]): Bar[] => {
  const bySession = new Map<SessionDate, Bar>([...bars, ...fresh].map((bar) => [bar.session, bar]));
  return [...bySession.values()].sort((a, b) => (a.session < b.session ? -1 : 1));
};
