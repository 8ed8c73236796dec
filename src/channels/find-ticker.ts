import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import type { CustomSymbol, MutableWatchlist } from '../market/mutable-watchlist.ts';
import { tickerSpellings } from '../market/share-class.ts';
import { type FoundTicker, type Source, SourceError } from '../market/source.ts';

/** Why a ticker cannot be watched. */
export type WatchRefusal =
  /** No source knows it. */
  | 'unknown'
  /** It does not trade at New York hours in US dollars. */
  | 'elsewhere'
  /** The source does not answer at the moment. */
  | 'no-answer'
  /** All channels together already watch MAX_ADDED_SYMBOLS custom symbols. */
  | 'too-many'
  /** Those of this server or workspace already watch MAX_ADDED_IN_PLACE. */
  | 'too-many-here';

const EXCHANGE_CURRENCY = 'USD';

/** The watchlist symbol of a ticker: GSPC for the index `^GSPC`. */
const symbolOf = (ticker: string): string => ticker.toUpperCase().replace(/^\^/, '');

/** The source's answer to the first spelling that it knows: BRK.B as typed, then BRK-B. */
const findAtSource = async (
  find: NonNullable<Source['find']>,
  typed: string,
  now: number,
): Promise<FoundTicker | undefined> => {
  for (const spelling of tickerSpellings(typed)) {
    const found = await find(spelling, now);
    if (found) return found;
  }
  return undefined;
};

/**
 * Looks up a ticker at the source. Returns the custom symbol to add, the watchlist's own symbol if the ticker is
 * another name of it, or why it cannot be watched.
 */
export const findTicker = async (
  source: Source,
  watchlist: MutableWatchlist,
  typed: string,
  now: number,
): Promise<CustomSymbol | { readonly known: string } | WatchRefusal> => {
  if (!source.find) return 'no-answer';
  try {
    const found = await findAtSource(source.find, typed, now);
    if (!found) return 'unknown';
    const known = watchlist.resolve(found.ticker);
    if (known !== undefined) return { known };
    const { name, kind, ticker, currency, timeZone } = found;
    if (kind === 'other' || currency !== EXCHANGE_CURRENCY || timeZone !== EXCHANGE_TIME_ZONE) return 'elsewhere';
    const symbol = symbolOf(ticker);
    if (!/^[A-Z0-9.-]{1,12}$/.test(symbol) || watchlist.symbols.has(symbol)) return 'unknown';
    return { symbol, name, kind, ticker, source: source.name.toLowerCase() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.fault === 'unknown-symbol' ? 'unknown' : 'no-answer';
  }
};
