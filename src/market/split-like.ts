import type { Micros } from './money.ts';

/** Shares that one becomes in the splits that companies make; the other way round for reverse splits. */
const FACTORS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50];
/** A split comes with a night's ordinary move. */
const TOLERANCE = 0.05;

/** Milliseconds that a price which looks like a split is not believed: a source has corrected its history by then. */
export const SPLIT_HOLD_MS = 24 * 3_600_000;

/** True where the step from one price to the next is that of a common split, forward or reverse. */
export const isSplitLike = (from: Micros, to: Micros): boolean => {
  const ratio = Math.max(from, to) / Math.min(from, to);
  return FACTORS.some((factor) => Math.abs(ratio / factor - 1) < TOLERANCE);
};
