/** Basis points in a whole. */
export const WHOLE = 10_000;

/**
 * a x b <= c x d for non-negative safe integers, exactly. Rounding never turns an order round, so products that
 * differ after rounding differ likewise before it; only equal ones are multiplied again as BigInt.
 */
export const productAtMost = (a: number, b: number, c: number, d: number): boolean => {
  const left = a * b;
  const right = c * d;
  return left === right ? BigInt(a) * BigInt(b) <= BigInt(c) * BigInt(d) : left < right;
};

/** True where `price` is `level` basis points or more below `reference`. */
export const isDown = (price: number, reference: number, level: number): boolean =>
  productAtMost(price, WHOLE, reference, WHOLE - level);

/** True where `price` is less than half of `level` below `reference`: a disarmed level arms again. */
export const isRecovered = (price: number, reference: number, level: number): boolean =>
  !productAtMost(price, 2 * WHOLE, reference, 2 * WHOLE - level);

/** The deepest of `levels` (ascending, basis points) that `price` has reached below `reference`; 0 for none. */
export const deepestReached = (price: number, reference: number, levels: readonly number[]): number => {
  let reached = 0;
  for (const level of levels) {
    if (!isDown(price, reference, level)) break;
    reached = level;
  }
  return reached;
};

/**
 * price / reference - 1 in hundredths of a percent, rounded half away from zero: -2349 is -23.49 %.
 * Exact: the division is made on whole numbers.
 */
export const changeInBasisPoints = (price: number, reference: number): number => {
  const twice = 2n * BigInt(price - reference) * BigInt(WHOLE);
  const whole = BigInt(reference);
  const away = twice < 0n ? -whole : whole;
  return Number((twice + away) / (2n * whole));
};
