import { z } from 'zod';
import { MAX_PRICE, toMicros } from '../../money.ts';
import type { MarketState } from '../../quote.ts';
import type { FoundTicker } from '../../source.ts';
import { instantSchema } from './values.ts';

/** Yahoo's words for market states. PREPRE and POSTPOST are the night around a session, when nothing trades. */
const MARKET_STATES: Readonly<Record<string, MarketState>> = {
  PREPRE: 'closed',
  PRE: 'pre',
  REGULAR: 'regular',
  POST: 'post',
  POSTPOST: 'closed',
  CLOSED: 'closed',
};

/** Undefined for a word that we do not know. */
export const marketStateOf = (word: string): MarketState | undefined =>
  Object.hasOwn(MARKET_STATES, word) ? MARKET_STATES[word] : undefined;

const namedEntry = z.object({ symbol: z.string(), quoteType: z.string().nullish() });

/** The entries of a quote answer by ticker, not yet parsed. Leaves out delisted symbols, which have the type NONE. */
export const entriesSchema = z
  .object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) })
  .transform(({ quoteResponse }) => {
    const entries = new Map<string, unknown>();
    for (const entry of quoteResponse.result) {
      const { data } = namedEntry.safeParse(entry);
      if (data !== undefined && data.quoteType !== 'NONE') entries.set(data.symbol, entry);
    }
    return entries;
  });

/** One entry as a quote. A price or time that is missing, 0 or negative becomes null. */
export const quoteSchema = z
  .object({
    symbol: z.string(),
    regularMarketPrice: z.number().max(MAX_PRICE).nullish(),
    // A time that no calendar holds is no time; it must not cost the other symbols theirs.
    regularMarketTime: instantSchema.nullish().catch(null),
    // A previous close that cannot be read says nothing, and costs nothing.
    regularMarketPreviousClose: z.number().max(MAX_PRICE).nullish().catch(null),
    marketState: z.string().nullish(),
    exchangeDataDelayedBy: z.number().nonnegative().nullish(),
  })
  .transform((entry) => {
    const price = toMicros(entry.regularMarketPrice ?? 0);
    const time = entry.regularMarketTime ?? 0;
    const previousClose = toMicros(entry.regularMarketPreviousClose ?? 0);
    return {
      ticker: entry.symbol,
      price: price > 0 ? price : null,
      tradeTime: time > 0 ? time : null,
      previousClose: previousClose > 0 ? previousClose : null,
      /** For `marketStateOf`. */
      stateWord: entry.marketState ?? '',
      /** Whole minutes. */
      delayMinutes: Math.ceil(entry.exchangeDataDelayedBy ?? 0),
    };
  });

/** Yahoo's types that trade in sessions like a stock's. Others are CRYPTOCURRENCY, FUTURE, MUTUALFUND ... */
const KINDS: Readonly<Record<string, FoundTicker['kind']>> = { EQUITY: 'stock', ETF: 'stock', INDEX: 'index' };

/** Whether a text can be one Yahoo ticker: AAPL, BRK-B, ^IXIC, 7203.T, ES=F. Other characters would change the request. */
export const isTicker = (text: string): boolean => /^[A-Z0-9^=.-]{1,24}$/.test(text);

/** One entry, with all its fields, as a ticker that somebody looks for. Undefined without a currency or a price. */
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
