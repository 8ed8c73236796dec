/**
 * A price in whole micro-units of its currency (1 USD = 1,000,000), so that comparisons need no division. A safe integer
 * holds prices up to nine billion.
 */
export type Micros = number;

/** Highest decimal price whose micro-units are still a safe integer, rounded down. */
export const MAX_PRICE = 9_000_000_000;

const MICROS_PER_UNIT = 1_000_000;

/** Nearest micro-unit of a decimal price. NaN and infinities are passed through for the caller to refuse. */
export const toMicros = (price: number): Micros => Math.round(price * MICROS_PER_UNIT);

/** Decimal price, for printing and drawing; never for comparing. */
export const fromMicros = (micros: Micros): number => micros / MICROS_PER_UNIT;
