import { z } from 'zod';
import { MAX_PRICE, type Micros, toMicros } from '../../money.ts';

/** ISO 8601 with an offset, to the nanosecond: 2020-06-26T12:07:42.694741256-04:00. */
const instant = (text: string | null | undefined): number | null => {
  if (text === null || text === undefined) return null;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
};

const price = z.number().max(MAX_PRICE).nullish().catch(null);
const time = z.string().nullish().catch(null);

/** Null for a price that is missing, 0 or negative. */
const micros = (value: number | null | undefined): Micros | null => {
  const read = toMicros(value ?? 0);
  return read > 0 ? read : null;
};

/**
 * One entry as a quote. `last` and its time are IEX's last trade, null for keys without a contract with the exchange;
 * `tngoLast` is Tiingo's reference price then, as of `timestamp`.
 */
export const iexQuoteSchema = z
  .object({
    ticker: z.string(),
    last: price,
    tngoLast: price,
    prevClose: price,
    timestamp: time,
    // The documentation writes the second form, answers have the first.
    lastSaleTimestamp: time,
    lastSaleTimeStamp: time,
  })
  .transform((it) => {
    const last = micros(it.last);
    const soldAt = instant(it.lastSaleTimestamp ?? it.lastSaleTimeStamp);
    const isTrade = last !== null && soldAt !== null;
    return {
      ticker: it.ticker.toUpperCase(),
      price: isTrade ? last : micros(it.tngoLast),
      /** Whole epoch milliseconds. */
      tradeTime: isTrade ? soldAt : instant(it.timestamp),
      previousClose: micros(it.prevClose),
    };
  });

/** The entries by ticker in upper case, not yet read further. */
export const iexEntriesSchema = z.array(z.unknown()).transform((entries) => {
  const byTicker = new Map<string, unknown>();
  for (const entry of entries) {
    const named = z.object({ ticker: z.string() }).safeParse(entry);
    if (named.success) byTicker.set(named.data.ticker.toUpperCase(), entry);
  }
  return byTicker;
});
