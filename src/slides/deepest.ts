import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import { productAtMost } from './compare.ts';
import { rollingPeaks } from './rolling-peaks.ts';
import type { Closes } from './series.ts';

/** A close and the peak that it is measured from. */
export interface Depth {
  readonly session: SessionDate;
  readonly price: Micros;
  readonly peak: Micros;
}

/**
 * The close that lay furthest below the peak of its last `window` closes, among the last `count`; of equal ones the
 * first. Compared exactly. Undefined where there is no close.
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
