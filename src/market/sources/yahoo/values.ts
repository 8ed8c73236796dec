import { z } from 'zod';
import { shortestOf } from '../../float32.ts';

/** Seconds since 1970 that a calendar can hold: about 273,000 years. */
const MAX_SECONDS = 8.64e12;

/** Whole epoch milliseconds of a time that Yahoo gives in seconds. */
export const instantSchema = z
  .number()
  .min(-MAX_SECONDS)
  .max(MAX_SECONDS)
  .transform((seconds) => Math.round(seconds * 1000));

/**
 * The shortest decimal that is the same 32-bit float: 166.69 for 166.69000244140625. Yahoo's chart serves 32-bit floats
 * printed as doubles, while levels are compared to the micro-unit. Returns a price that is not a 32-bit float unchanged.
 */
export const shortestDecimal = (price: number): number =>
  Math.fround(price) === price ? shortestOf(price).decimal : price;
