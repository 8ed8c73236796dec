import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Closes } from './series.ts';

/** One close of a record. `at` is its index, so the difference of two is a number of sessions. */
export interface CloseAt {
  readonly at: number;
  readonly session: SessionDate;
  readonly price: Micros;
}

/** One fall from an all-time peak. */
export interface Fall {
  /** The highest close so far; of equal ones the latest. */
  readonly peak: CloseAt;
  /** The lowest close of the fall; of equal ones the first. */
  readonly trough: CloseAt;
  /** The first close at the peak or above; absent while the fall lasts. */
  readonly recovered?: CloseAt;
}

/**
 * Every fall below the running all-time peak, oldest first. Falls do not overlap, every close below an earlier one
 * belongs to exactly one fall, and only the last can still be under way. One pass.
 */
export const fallsOf = ({ sessions, closes }: Closes): Fall[] => {
  const closeAt = (at: number): CloseAt => ({ at, session: sessions[at] as SessionDate, price: closes[at] as Micros });
  const falls: Fall[] = [];
  let peak = 0;
  let trough: number | undefined;
  for (let at = 1; at < closes.length; at += 1) {
    const close = closes[at] as Micros;
    if (close >= (closes[peak] as Micros)) {
      if (trough !== undefined) falls.push({ peak: closeAt(peak), trough: closeAt(trough), recovered: closeAt(at) });
      peak = at;
      trough = undefined;
    } else if (trough === undefined || close < (closes[trough] as Micros)) trough = at;
  }
  if (trough !== undefined) falls.push({ peak: closeAt(peak), trough: closeAt(trough) });
  return falls;
};

/** Exact sort order of the ratios a/b and c/d: negative if a/b is smaller. */
const compareRatios = (a: Micros, b: Micros, c: Micros, d: Micros): number => {
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The `count` deepest falls from peak to trough, deepest first; the earlier of equal ones first. */
export const worstFalls = (falls: readonly Fall[], count: number): Fall[] =>
  falls
    .toSorted(
      (a, b) => compareRatios(a.trough.price, a.peak.price, b.trough.price, b.peak.price) || a.peak.at - b.peak.at,
    )
    .slice(0, count);
