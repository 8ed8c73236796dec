import type { Micros } from '../market/money.ts';
import { productAtMost } from './compare.ts';
import { type Fall, fallsOf } from './past-falls.ts';
import type { Closes } from './series.ts';

/** Below so many cases nothing is said of what came next. */
export const MIN_CASES = 3;

/** What came of earlier falls that were as deep as the present one. */
export interface BaseRates {
  /** Earlier falls from an all-time peak that closed at this depth or deeper; the present one is not among them. */
  readonly cases: number;
  /** Absent under three cases. */
  readonly after?: {
    /** Median of what followed from exactly this depth to the trough, in percent, <= 0. */
    readonly furtherPercent: number;
    /** Median of the sessions from the first close at this depth to the first close at the old peak or above. */
    readonly sessionsToNewHigh: number;
  };
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
};

/**
 * How often a symbol had been `price / peak - 1` below its all-time peak before, and what came next. `closes` ends with
 * the close that stands at that depth (or with a quote that is taken for one); a fall that is under way there is the
 * present one and does not count, so every case has its end. Undefined where price is not below peak. Which falls
 * count is decided exactly; the medians are statistics, in floating point.
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
