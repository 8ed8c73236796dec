import type { Bar, Split } from '../../../src/market/bar.ts';
import type { SessionDate } from '../../../src/market/calendar.ts';
import type { Micros } from '../../../src/market/money.ts';
import { barsAt, closeBefore, priceAt, type Truth } from './truth.ts';

export interface ServedQuote {
  readonly session: SessionDate;
  readonly price: Micros;
  readonly tradeTime: number;
  readonly previousClose: Micros | null;
}

export interface ServedHistory {
  readonly bars: readonly Bar[];
  readonly splits: readonly Split[];
}

/** What a source answers about one symbol at a time. Undefined: it has no quote. */
export interface Served {
  quote(now: number): ServedQuote | undefined;
  history(now: number): ServedHistory;
}

/** A source without faults. Its trades are a second old; the last one of a session is of the second after the bell. */
export const served = (truth: Truth): Served => ({
  quote: (now) => {
    const day = truth.days.findLast(({ open }) => open < now);
    if (!day) return undefined;
    const { session } = day;
    const tradeTime = Math.min(now - 1_000, day.close + 1_000);
    return { session, price: priceAt(day, tradeTime), tradeTime, previousClose: closeBefore(truth, session) };
  },
  history: (now) => ({ bars: barsAt(truth, now), splits: [] }),
});

/** A source whose quotes are changed on their way. */
export const withQuotes = (
  before: Served,
  change: (quote: ServedQuote, now: number) => ServedQuote | undefined,
): Served => ({
  ...before,
  quote: (now) => {
    const quote = before.quote(now);
    return quote && change(quote, now);
  },
});

/** A source whose bars are changed on their way. */
export const withBars = (before: Served, change: (bar: Bar, now: number) => Bar | undefined): Served => ({
  ...before,
  history: (now) => {
    const { bars, splits } = before.history(now);
    return { bars: bars.flatMap((bar) => change(bar, now) ?? []), splits };
  },
});

/** A bar with all of its prices at a close. */
export const closedAt = (bar: Bar, close: Micros): Bar => ({ ...bar, open: close, high: close, low: close, close });
