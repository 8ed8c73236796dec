import { shortestOf } from '../float32.ts';
import { type Micros, toMicros } from '../money.ts';

/** Fewer characters hold no trace of a 32-bit float: its seven digits, the point and two more. */
const LONG_CELL = 10;
/** A cell must have this many digits more than the decimal that it means; otherwise it is taken as written. */
const SURPLUS_DIGITS = 2;

const digitsOf = (text: string): number => text.replace(/^0*\.?0*|\./g, '').length;

/**
 * The shortest decimal that a 32-bit float stands for, if `text` was written from one: 103.7300033569336 and
 * 103.730003 are 103.73.
 */
const meantBy = (text: string, value: number): number => {
  const float = Math.fround(value);
  const decimals = text.length - text.indexOf('.') - 1;
  if (float !== value && float.toFixed(Math.min(decimals, 100)) !== text) return value;
  const { decimal, digits } = shortestOf(float);
  return digits + SURPLUS_DIGITS <= digitsOf(text) ? decimal : value;
};

/** The price of a cell of digits with at most one point, in micro-units. */
export const cellMicros = (text: string): Micros => {
  const value = Number(text);
  return toMicros(text.length < LONG_CELL || !text.includes('.') ? value : meantBy(text, value));
};

/** Whether micro-units can be counted with as a price. */
export const isPrice = (micros: Micros): boolean => micros > 0 && Number.isSafeInteger(micros);
