import type { Bar } from '../../src/market/bar.ts';
import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import type { Micros } from '../../src/market/money.ts';

/** A price from an instant on, epoch milliseconds. */
export interface Step {
  readonly at: number;
  readonly price: Micros;
}

/** What one symbol truly does, counted in the unit of the end. */
export interface TruePrices {
  /** The closes before the first step, oldest first. */
  readonly past: readonly { readonly session: SessionDate; readonly close: Micros }[];
  /** Oldest first, each within a session. */
  readonly steps: readonly Step[];
}

/** The true prices, which nobody but the source and the check knows. */
export interface Market {
  readonly symbols: readonly string[];
  /** The price of the last trade at an instant. */
  priceAt(symbol: string, instant: number): Micros;
  closeOf(symbol: string, session: SessionDate): Micros;
  /** Closes of the sessions that have ended at `instant`, oldest first. */
  closes(symbol: string, instant: number): readonly { readonly session: SessionDate; readonly close: Micros }[];
  /** The prices of a session, each from its first instant on, the opening bell's first. */
  pricesIn(symbol: string, session: SessionDate): readonly Step[];
}

export const createMarket = (prices: ReadonlyMap<string, TruePrices>, calendar: Calendar): Market => {
  const of = (symbol: string): TruePrices => {
    const found = prices.get(symbol);
    if (!found) throw new RangeError(`Expected a symbol of the market, got ${symbol}`);
    return found;
  };
  const priceAt = (symbol: string, instant: number): Micros => {
    const { past, steps } = of(symbol);
    return steps.findLast(({ at }) => at <= instant)?.price ?? past.at(-1)?.close ?? 0;
  };
  const closeOf = (symbol: string, session: SessionDate): Micros =>
    of(symbol).past.find((it) => it.session === session)?.close ?? priceAt(symbol, calendar.hours(session)?.close ?? 0);
  return {
    symbols: [...prices.keys()],
    priceAt,
    closeOf,
    closes: (symbol, instant) => {
      const { past } = of(symbol);
      const closes = [...past];
      const last = calendar.lastFinal(instant);
      for (let day = calendar.next(past.at(-1)?.session ?? last); day <= last; day = calendar.next(day))
        closes.push({ session: day, close: closeOf(symbol, day) });
      return closes;
    },
    pricesIn: (symbol, session) => {
      const { open = 0, close = 0 } = calendar.hours(session) ?? {};
      const within = of(symbol).steps.filter(({ at }) => at > open && at < close);
      return [{ at: open, price: priceAt(symbol, open) }, ...within];
    },
  };
};

/** A close as a source's daily bar. */
export const barOf = (session: SessionDate, close: Micros): Bar => ({
  ...{ session, open: close, high: close, low: close, close, volume: 0 },
});
