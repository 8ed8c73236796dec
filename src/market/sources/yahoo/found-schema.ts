import { z } from 'zod';
import type { FoundTicker } from '../../source.ts';

/** Yahoo's words for what trades in sessions like a stock's; the others are CRYPTOCURRENCY, FUTURE, MUTUALFUND ... */
const KINDS: Readonly<Record<string, FoundTicker['kind']>> = { EQUITY: 'stock', ETF: 'stock', INDEX: 'index' };

/** What may be one ticker of Yahoo's: AAPL, BRK-B, ^IXIC, 7203.T, ES=F. Anything else would be another question. */
export const isTicker = (text: string): boolean => /^[A-Z0-9^=.-]{1,24}$/.test(text);

/** One entry of an unabridged quote answer as what is known of the ticker; undefined where Yahoo has no price of it. */
export const foundSchema = z
  .object({
    symbol: z.string(),
    quoteType: z.string(),
    currency: z.string().nullish(),
    exchangeTimezoneName: z.string(),
    regularMarketPrice: z.number().nullish(),
    displayName: z.string().nullish(),
    longName: z.string().nullish(),
    shortName: z.string().nullish(),
  })
  .transform((entry): FoundTicker | undefined => {
    const { symbol, quoteType, currency } = entry;
    if (!currency || (entry.regularMarketPrice ?? 0) <= 0) return undefined;
    return {
      ticker: symbol,
      // The display name is the short one: "Apple", not "Apple Inc."
      name: entry.displayName || entry.longName || entry.shortName || symbol,
      kind: Object.hasOwn(KINDS, quoteType) ? (KINDS[quoteType] ?? 'other') : 'other',
      currency,
      timeZone: entry.exchangeTimezoneName,
    };
  });
