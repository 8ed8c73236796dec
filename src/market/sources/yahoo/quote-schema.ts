import { z } from 'zod';
import { toMicros } from '../../money.ts';
import { instant } from './instant.ts';

/** Above this a price in micro-units is no safe integer. */
const HIGHEST_PRICE = 9_000_000_000;

/** One entry of the quote answer, in our words. A price or time that Yahoo leaves out, or gives as 0 or less, is null. */
export const quoteSchema = z
  .object({
    symbol: z.string(),
    regularMarketPrice: z.number().max(HIGHEST_PRICE).nullish(),
    regularMarketTime: instant.nullish(),
    marketState: z.string().nullish(),
    exchangeDataDelayedBy: z.number().nonnegative().nullish(),
  })
  .transform((entry) => {
    const price = toMicros(entry.regularMarketPrice ?? 0);
    const time = entry.regularMarketTime ?? 0;
    return {
      ticker: entry.symbol,
      price: price > 0 ? price : null,
      tradeTime: time > 0 ? time : null,
      /** Yahoo's word, not yet ours. */
      stateWord: entry.marketState ?? '',
      /** Minutes. */
      delayMinutes: entry.exchangeDataDelayedBy ?? 0,
    };
  });

const named = z.object({ symbol: z.string(), quoteType: z.string().nullish() });

/** The entries of a quote answer by ticker, unread. A delisted symbol comes as a quote of type NONE: it is left out. */
export const entriesSchema = z
  .object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) })
  .transform(({ quoteResponse }) => {
    const entries = new Map<string, unknown>();
    for (const entry of quoteResponse.result) {
      const { data } = named.safeParse(entry);
      if (data !== undefined && data.quoteType !== 'NONE') entries.set(data.symbol, entry);
    }
    return entries;
  });
