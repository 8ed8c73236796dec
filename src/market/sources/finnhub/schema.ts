import { z } from 'zod';
import { toMicros } from '../../money.ts';

/** Above this a price in micro-units is no safe integer. */
const HIGHEST_PRICE = 9_000_000_000;

/** The quote answer: `c` the last price, `t` its time in epoch seconds. A symbol that Finnhub does not know is all zeros. */
export const quoteSchema = z
  .object({ c: z.number().max(HIGHEST_PRICE).nullable(), t: z.number().nullable() })
  .transform(({ c, t }) => {
    const price = toMicros(c ?? 0);
    return {
      price: price > 0 ? price : null,
      /** Epoch milliseconds. */
      tradeTime: t !== null && t > 0 ? t * 1000 : null,
    };
  });
