import type { Split } from './bar.ts';

/** A ratio is read to this part of one. */
export const RATIO_PARTS = 1_000_000;
/** A factor written in six digits is the ratio of small numbers that it is this near to, relatively. */
const SAME_RATIO = 2e-6;
const SMALL = 100;

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** A spin-off may come as 1.281 for 1: that is 1,281 for 1,000. */
export const wholeRatio = ({ numerator, denominator }: Omit<Split, 'session'>): Omit<Split, 'session'> => {
  if (Number.isInteger(numerator) && Number.isInteger(denominator)) return { numerator, denominator };
  const [parts, of] = [Math.round(numerator * RATIO_PARTS), Math.round(denominator * RATIO_PARTS)];
  const common = greatestCommonDivisor(parts, of);
  return { numerator: parts / common, denominator: of / common };
};

/** The ratio of a factor above 0: 10 is 10 for 1, 1.5 is 3 for 2, 0.333333 is 1 for 3. */
export const ratioOfFactor = (factor: number): Omit<Split, 'session'> => {
  for (let denominator = 1; denominator <= SMALL; denominator += 1) {
    const numerator = Math.round(factor * denominator);
    if (numerator > 0 && Math.abs(numerator / (factor * denominator) - 1) <= SAME_RATIO)
      return { numerator, denominator };
  }
  return wholeRatio({ numerator: factor, denominator: 1 });
};
