import { DAY_MS } from '../util/durations.ts';
import type { Bar, Split } from './bar.ts';
import type { Micros } from './money.ts';

/** Shares per old share in common splits; their inverses are reverse splits. */
const COMMON_FACTORS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50];
/** Relative; an overnight price move comes on top of the split. */
const PRICE_TOLERANCE = 0.05;

/** How long a price that looks like a split is not believed; by then a source has adjusted its history. */
export const SPLIT_HOLD_MS = DAY_MS;

/** The factor of the common split, forward or reverse, that the step from one price to the next is like. Always above 1. */
export const splitFactor = (from: Micros, to: Micros): number | undefined => {
  const ratio = Math.max(from, to) / Math.min(from, to);
  return COMMON_FACTORS.find((factor) => Math.abs(ratio / factor - 1) < PRICE_TOLERANCE);
};

/** Whether the step from one price to the next is that of a common split, forward or reverse. */
export const isSplitLike = (from: Micros, to: Micros): boolean => splitFactor(from, to) !== undefined;

/**
 * How a source's history compares with ours. `corrected`: single closes differ. `rebased`: the common closes, or those
 * before a split, differ by one factor, or a split is reported that we do not know; the whole series must be replaced.
 */
export type Overlap = 'same' | 'corrected' | 'rebased';

/** Relative; two ratios of closes within it are one factor, since quotes are rounded to cents. */
const RATIO_TOLERANCE = 0.005;
/** A factor nearer to 1 is a correction, not a split: the smallest common split is 21 for 20. */
const MIN_SPLIT_CHANGE = 0.02;

/** Compares a source's bars and splits with our bars and the splits we know. */
export const overlapOf = (
  ours: readonly Bar[],
  known: readonly Split[],
  theirs: { readonly bars: readonly Bar[]; readonly splits: readonly Split[] },
): Overlap => {
  const [oldest] = ours;
  if (oldest === undefined) return 'same';
  const knownSessions = new Set(known.map(({ session }) => session));
  if (theirs.splits.some(({ session }) => session > oldest.session && !knownSessions.has(session))) return 'rebased';
  const ourCloses = new Map(ours.map((bar) => [bar.session, bar.close]));
  const ratios = theirs.bars.flatMap(({ session, close }) => {
    const own = ourCloses.get(session);
    return own === undefined ? [] : [close / own];
  });
  const [first = 1] = ratios;
  const isNear = (a: number, b: number): boolean => Math.abs(a / b - 1) < RATIO_TOLERANCE;
  const isOneFactor = ratios.every((ratio) => isNear(ratio, first) || isNear(ratio, 1));
  if (isOneFactor && Math.abs(first - 1) > MIN_SPLIT_CHANGE) return 'rebased';
  return ratios.every((ratio) => ratio === 1) ? 'same' : 'corrected';
};
