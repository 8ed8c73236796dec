import { productAtMost } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import { median } from './median.ts';
import { type Fall, fallsOf } from './past-falls.ts';
import type { Closes } from './series.ts';

/** With fewer earlier falls, no medians are given. */
const MIN_CASES = 3;

/** Earlier falls that were as deep as the present one, and what followed. */
export interface BaseRates {
  /** Earlier falls from an all-time peak that closed at this depth or deeper, without the present one. */
  readonly cases: number;
  /** Absent with fewer than three cases. */
  readonly after?: {
    /** Median of the further fall, from exactly this depth to the trough, in percent, <= 0. */
    readonly furtherPercent: number;
    /** Median of the sessions from the first close at this depth to the first close at the old peak or above. */
    readonly sessionsToNewHigh: number;
  };
}

/**
 * Earlier falls that reached the depth `price / peak - 1` below the all-time peak, and the medians of what followed.
 * The last of `closes` is the close (or quote) at that depth; the fall under way there does not count, so every case has
 * ended. Undefined if the price is not below the peak. Cases are selected exactly; the medians are floating point.
 */
export const baseRates = (closes: Closes, price: Micros, peak: Micros): BaseRates | undefined => {
  if (price >= peak) return undefined;
  const reaches = (close: Micros, from: Micros): boolean => productAtMost(close, peak, price, from);
  const cases = fallsOf(closes).filter(
    (fall): fall is Required<Fall> => fall.recovered !== undefined && reaches(fall.trough.price, fall.peak.price),
  );
  if (cases.length < MIN_CASES) return { cases: cases.length };
  const further = cases.map((fall) => ((fall.trough.price / fall.peak.price) * (peak / price) - 1) * 100);
  const sessions = cases.map((fall) => {
    let reached = fall.peak.at + 1;
    while (!reaches(closes.closes[reached] as Micros, fall.peak.price)) reached += 1;
    return fall.recovered.at - reached;
  });
  return {
    cases: cases.length,
    after: { furtherPercent: Math.min(0, median(further)), sessionsToNewHigh: median(sessions) },
  };
};
