/** Basis points in 100%. */
export const BASIS_POINTS = 10_000;

/** The highest level of a rise, in basis points: 1,000%. */
export const MAX_RISE = 100_000;

/**
 * Exact a x b <= c x d for non-negative safe integers. Rounding never swaps two products, so products that differ after
 * rounding are in their true order; equal ones are multiplied again as BigInt.
 */
export const productAtMost = (a: number, b: number, c: number, d: number): boolean => {
  const left = a * b;
  const right = c * d;
  return left === right ? BigInt(a) * BigInt(b) <= BigInt(c) * BigInt(d) : left < right;
};

/** Sort order of a / b and c / d, for non-negative safe integers. Exact. */
export const compareRatios = (a: number, b: number, c: number, d: number): number => {
  if (!productAtMost(a, d, c, b)) return 1;
  return productAtMost(c, b, a, d) ? 0 : -1;
};

/** Whether `price` is at least `level` basis points below `reference`. */
export const isDown = (price: number, reference: number, level: number): boolean =>
  productAtMost(price, BASIS_POINTS, reference, BASIS_POINTS - level);

/** Whether `price` is less than half of `level` below `reference`, so that a disarmed level re-arms. */
export const isRecovered = (price: number, reference: number, level: number): boolean =>
  !productAtMost(price, 2 * BASIS_POINTS, reference, 2 * BASIS_POINTS - level);

/** Whether `price` is at least `level` basis points above `reference`. */
export const isUp = (price: number, reference: number, level: number): boolean =>
  productAtMost(reference, BASIS_POINTS + level, price, BASIS_POINTS);

/** Whether `price` is less than half of `level` above `reference`, so that a disarmed level of a rise re-arms. */
export const isFallenBack = (price: number, reference: number, level: number): boolean =>
  !productAtMost(reference, 2 * BASIS_POINTS + level, price, 2 * BASIS_POINTS);

/**
 * The farthest of `levels` (ascending, basis points) that `price` has reached from `reference`: below it, or above it with
 * `isUp`; 0 for none.
 */
export const deepestReached = (
  price: number,
  reference: number,
  levels: readonly number[],
  reaches: typeof isDown = isDown,
): number => {
  let reached = 0;
  for (const level of levels) {
    if (!reaches(price, reference, level)) break;
    reached = level;
  }
  return reached;
};

/** Change from `reference` to `price` in basis points, rounded half away from zero: -2349 is -23.49%. Exact. */
export const changeInBasisPoints = (price: number, reference: number): number => {
  const twice = 2n * BigInt(price - reference) * BigInt(BASIS_POINTS);
  const whole = BigInt(reference);
  const away = twice < 0n ? -whole : whole;
  return Number((twice + away) / (2n * whole));
};
