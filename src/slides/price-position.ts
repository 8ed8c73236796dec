import type { Bar } from '../market/bar.ts';
import type { Micros } from '../market/money.ts';
import type { Quote } from '../market/quote.ts';
import type { Peak } from '../stories/slide-story.ts';
import { type Closes, closesOf, type MeasuredPrice, peakAbove } from './series.ts';

/** The latest price of one symbol with the closes it is measured from. */
export interface PricePosition extends MeasuredPrice {
  /** Final closes of the sessions before the price's, oldest first. */
  readonly before: Closes;
}

/** Bars without the last one, kept so that their closes are made once. */
const withoutLast = new WeakMap<readonly Bar[], readonly Bar[]>();

const beforeLast = (bars: readonly Bar[]): Closes => {
  const earlier = withoutLast.get(bars) ?? bars.slice(0, -1);
  withoutLast.set(bars, earlier);
  return closesOf(earlier);
};

/** The last quote if its session is newer than the last final bar, else that bar's close. Undefined if both are missing. */
export const pricePositionOf = (
  bars: readonly Bar[],
  quote: Pick<Quote, 'price' | 'session'> | undefined,
): PricePosition | undefined => {
  const last = bars.at(-1);
  if (quote && (!last || quote.session > last.session))
    return { price: quote.price, session: quote.session, final: false, before: closesOf(bars) };
  return last && { price: last.close, session: last.session, final: true, before: beforeLast(bars) };
};

/** Window of an all-time peak, in sessions: longer than any record. */
export const ALL_TIME = Number.POSITIVE_INFINITY;

/** The peak of the window that the price is measured from, as the machine measures it. */
export const peakWithin = (position: PricePosition, window: number): Peak =>
  peakAbove(position.before, position.before.closes.length, window, position);

/** The close of the session before; undefined at the start of the record. */
export const previousOf = ({ before }: PricePosition): Micros | undefined => before.closes.at(-1);

/** All closes and, as the last of them, the latest price, final or not. */
export const closesWithNow = ({ before, price, session }: PricePosition): Closes => ({
  sessions: [...before.sessions, session],
  closes: [...before.closes, price],
});

/** Lowest and highest of the last `window` closes, the latest price included. */
export const rangeWithin = (
  position: PricePosition,
  window: number,
): { readonly low: Micros; readonly high: Micros } => {
  const { closes } = position.before;
  let low = position.price;
  let high = position.price;
  for (let at = Math.max(0, closes.length + 1 - window); at < closes.length; at += 1) {
    const close = closes[at] as Micros;
    if (close < low) low = close;
    if (close > high) high = close;
  }
  return { low, high };
};
