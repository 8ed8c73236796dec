import { z } from 'zod';
import { MAX_PRICE, toMicros } from '../../money.ts';
import { instantSchema } from './values.ts';

/** Yahoo's words for the hours after the bell. POSTPOST begins as they end, and an answer may have it a little early. */
const AFTER_HOURS = ['POST', 'POSTPOST'];

const price = z.number().positive().max(MAX_PRICE);

/**
 * One entry of a quote answer after the bell; undefined at any other time: Yahoo goes on to give the last evening's trade
 * through the night, the weekend and the next morning.
 */
export const afterHoursSchema = z
  .object({
    marketState: z.string(),
    regularMarketPrice: price,
    regularMarketTime: instantSchema,
    postMarketPrice: price,
    postMarketTime: instantSchema,
    exchangeDataDelayedBy: z.number().nonnegative().nullish(),
  })
  .transform((entry) =>
    AFTER_HOURS.includes(entry.marketState)
      ? {
          price: toMicros(entry.postMarketPrice),
          tradeTime: entry.postMarketTime,
          close: toMicros(entry.regularMarketPrice),
          closeTime: entry.regularMarketTime,
          /** Whole minutes. */
          delayMinutes: Math.ceil(entry.exchangeDataDelayedBy ?? 0),
        }
      : undefined,
  );
