import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Closes } from './series.ts';

/** One close of a record; `at` is its place in it, so that two places subtract to sessions. */
export interface Spot {
  readonly at: number;
  readonly session: SessionDate;
  readonly price: Micros;
}

/**
 * One fall from an all-time peak. `peak` is the highest close so far, on the latest session that set it; `trough` the
 * lowest close of the fall, on the first session that had it; `recovered` the first session that closed at the peak
 * or above, absent while the fall lasts.
 */
export interface Fall {
  readonly peak: Spot;
  readonly trough: Spot;
  readonly recovered?: Spot;
}

/**
 * Every fall below the running all-time peak, oldest first. Falls do not overlap, every close below the highest one
 * before it belongs to exactly one of them, and only the last can still be under way. One pass.
 */
export const fallsOf = ({ sessions, closes }: Closes): Fall[] => {
  const spot = (at: number): Spot => ({ at, session: sessions[at] as SessionDate, price: closes[at] as Micros });
  const falls: Fall[] = [];
  let peak = 0;
  let trough: number | undefined;
  for (let at = 1; at < closes.length; at += 1) {
    const close = closes[at] as Micros;
    if (close >= (closes[peak] as Micros)) {
      if (trough !== undefined) falls.push({ peak: spot(peak), trough: spot(trough), recovered: spot(at) });
      peak = at;
      trough = undefined;
    } else if (trough === undefined || close < (closes[trough] as Micros)) trough = at;
  }
  if (trough !== undefined) falls.push({ peak: spot(peak), trough: spot(trough) });
  return falls;
};

/** Exact order of two ratios of micro-units: negative where a/b is the smaller. */
const compareRatios = (a: Micros, b: Micros, c: Micros, d: Micros): number => {
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The `count` deepest falls from peak to trough, the deepest first; of equal ones the earlier. */
export const worstFalls = (falls: readonly Fall[], count: number): Fall[] =>
  falls
    .toSorted(
      (a, b) => compareRatios(a.trough.price, a.peak.price, b.trough.price, b.peak.price) || a.peak.at - b.peak.at,
    )
    .slice(0, count);
