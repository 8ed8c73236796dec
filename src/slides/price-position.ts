import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Quote } from '../market/quote.ts';
import type { Peak } from '../stories/slide-story.ts';
import { type Closes, closesOf, peakOf } from './series.ts';

/** The latest price of one symbol, and the final closes that it is held against. */
export interface PricePosition {
  readonly price: Micros;
  readonly session: SessionDate;
  /** True where the price is its session's close. */
  readonly final: boolean;
  /** Final closes of the sessions before the price's, oldest first. */
  readonly before: Closes;
}

/**
 * Where a symbol stands: at its last quote where that is of a newer session than the last final bar, otherwise at that
 * bar's close. Undefined where there is neither.
 */
export const pricePositionOf = (
  bars: readonly Bar[],
  quote: Pick<Quote, 'price' | 'session'> | undefined,
): PricePosition | undefined => {
  const last = bars.at(-1);
  const live = quote && (!last || quote.session > last.session) ? quote : undefined;
  const now = live ?? (last && { price: last.close, session: last.session });
  if (!now) return undefined;
  const before = live ? bars : bars.slice(0, -1);
  return {
    price: now.price,
    session: now.session,
    final: live === undefined,
    before: closesOf(before),
  };
};

/** Sessions of "all time": more than any record has. */
export const ALL_TIME = Number.POSITIVE_INFINITY;

/**
 * The peak of the window that the price is measured from, as the machine sees it: a final close ends its own window, a
 * quote comes after it. A price that no close exceeds is its own peak, of no sessions ago.
 */
export const peakWithin = ({ before, price, session, final }: PricePosition, window: number): Peak => {
  const peak = peakOf(before, before.closes.length, final ? window - 1 : window);
  return peak && peak.price > price ? peak : { price, session, sessions: 0 };
};

/** The close of the session before; undefined at the start of the record. */
export const previousOf = ({ before }: PricePosition): Micros | undefined => before.closes.at(-1);

/** All closes, the latest price as the last of them, whether its session has ended or not. */
export const closesWithNow = ({ before, price, session }: PricePosition): Closes => ({
  sessions: [...before.sessions, session],
  closes: [...before.closes, price],
});

/** Lowest and highest of the last `window` closes, the latest price included. */
export const rangeWithin = (
  standing: PricePosition,
  window: number,
): { readonly low: Micros; readonly high: Micros } => {
  const { closes } = closesWithNow(standing);
  let low = standing.price;
  let high = standing.price;
  for (let at = Math.max(0, closes.length - window); at < closes.length; at += 1) {
    const close = closes[at] as Micros;
    if (close < low) low = close;
    if (close > high) high = close;
  }
  return { low, high };
};
