import type { Micros } from './money.ts';

/**
 * How the previous close that comes with a quote relates to our own close of that session. `none`: there is nothing to
 * compare, so nobody knows. `same`: the quote counts in our unit. `near`: nearly so, as after a correction. `changed`: the
 * source counts in another unit since a split, a spin-off or a repair of its own; ours x `factor` is its price.
 */
export type Basis = { readonly kind: 'none' | 'same' | 'near' } | { readonly kind: 'changed'; readonly factor: number };

/** Relative; a cent of a price of ten dollars. */
export const SAME_CLOSE = 0.001;
/** Relative; how near to a common split's factor a step of prices is like a split: an overnight move comes on top of it. */
export const LIKE_A_SPLIT = 0.05;
/** Relative; two steps of prices, or a step and a told split, within it are the same one. */
export const ONE_STEP = 0.01;
/** Relative; no level can be reached by a difference of this size alone. */
const NEAR_CLOSE = 0.02;
/** A price and a previous close of the same unit are at most this far apart, as a ratio, unless one of them is wrong. */
const COHERENT = { least: 0.75, most: 1.25 } as const;

/** Shares per old share in common splits; their inverses are reverse splits. A hundred is a common fault instead: cents. */
const COMMON_FACTORS = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50];

/** Whether two positive numbers differ by at most `tolerance`, relative to the second. */
export const isWithin = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance * b;

/** The factor of the common split, forward or reverse, that a ratio is like. Always above 1; undefined for none. */
export const commonFactorOf = (factor: number, tolerance: number): number | undefined => {
  const ratio = factor < 1 ? 1 / factor : factor;
  return COMMON_FACTORS.find((common) => isWithin(ratio, common, tolerance));
};

/** Whether `factor` is that of a common split, forward or reverse, within a relative tolerance. */
export const isCommonFactor = (factor: number, tolerance: number): boolean =>
  commonFactorOf(factor, tolerance) !== undefined;

/** Our closes that a quote's previous close is compared with. */
export interface KnownCloses {
  /** The close of the session before the quote's; undefined if we do not have it. */
  readonly reference: Micros | undefined;
  /** The closes before `reference`, in any order: a source that has not rolled on still tells one of them. */
  readonly earlier: readonly Micros[];
}

/** Compares a quote's previous close with ours. */
export const basisOf = (price: Micros, previousClose: Micros | null, { reference, earlier }: KnownCloses): Basis => {
  if (previousClose === null || reference === undefined) return { kind: 'none' };
  if (isWithin(previousClose, reference, SAME_CLOSE)) return { kind: 'same' };
  if (isWithin(previousClose, reference, NEAR_CLOSE)) return { kind: 'near' };
  if (earlier.some((close) => isWithin(previousClose, close, SAME_CLOSE))) return { kind: 'none' };
  const move = price / previousClose;
  if (move < COHERENT.least || move > COHERENT.most) return { kind: 'none' };
  return { kind: 'changed', factor: previousClose / reference };
};
