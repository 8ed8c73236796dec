import type { SessionDate } from '../market/calendar.ts';
import { productAtMost } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { Closes } from './series.ts';

/** A close and the peak it is measured from. */
export interface Depth {
  readonly session: SessionDate;
  readonly price: Micros;
  readonly peak: Micros;
}

/** Rolling maximum: per session the highest of the last `window` closes, its own included. */
export const rollingPeaks = (closes: readonly Micros[], window: number): Micros[] => {
  /** Indices of falling closes. From `first` on they lie in the window, and `first` is its peak. */
  const candidates: number[] = [];
  let first = 0;
  return closes.map((close, at) => {
    while (candidates.length > first && (closes[candidates.at(-1) as number] as Micros) <= close) candidates.pop();
    candidates.push(at);
    while (at - (candidates[first] as number) >= window) first += 1;
    return closes[candidates[first] as number] as Micros;
  });
};

/**
 * The deepest of the last `count` closes, each measured from the peak of its last `window` closes (its own included).
 * The first of equal ones; undefined without a close. Exact.
 */
export const deepestOf = ({ sessions, closes }: Closes, window: number, count: number): Depth | undefined => {
  const peaks = rollingPeaks(closes, window);
  let deepest: Depth | undefined;
  for (let at = Math.max(0, closes.length - count); at < closes.length; at += 1) {
    const next = { session: sessions[at] as SessionDate, price: closes[at] as Micros, peak: peaks[at] as Micros };
    if (!deepest || !productAtMost(deepest.price, next.peak, next.price, deepest.peak)) deepest = next;
  }
  return deepest;
};

/**
 * Percent of the sessions in `before` that closed less deep than `price` below `peak`, each measured from the peak of
 * its last `window` closes (its own included; ALL_TIME for the highest ever). Equally deep ones do not count, so it is 0
 * at a peak. Undefined without a session. Exact.
 */
export const depthPercentile = (before: Closes, window: number, price: Micros, peak: Micros): number | undefined => {
  const { closes } = before;
  if (closes.length === 0) return undefined;
  const peaks = rollingPeaks(closes, window);
  const shallower = closes.filter((close, at) => !productAtMost(close, peak, price, peaks[at] as Micros));
  return (shallower.length / closes.length) * 100;
};
