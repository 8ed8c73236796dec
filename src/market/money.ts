/**
 * Prices are whole micro-units of the quoted currency (1 USD = 1,000,000), so that comparing never divides.
 * A safe integer holds prices up to nine billion.
 */
export type Micros = number;

const PER_UNIT = 1_000_000;

/** Nearest micro-unit of a decimal price; NaN and infinities stay what they are, for the caller to refuse. */
export const toMicros = (price: number): Micros => Math.round(price * PER_UNIT);

/** Decimal price of a micro-unit amount, for printing and drawing, never for comparing. */
export const fromMicros = (micros: Micros): number => micros / PER_UNIT;
