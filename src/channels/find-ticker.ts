import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import type { CustomSymbol, MutableWatchlist } from '../market/mutable-watchlist.ts';
import { type Source, SourceError } from '../market/source.ts';
import type { WatchRefusal } from './channels.ts';

const CURRENCY = 'USD';

/** `^GSPC` is an index; people and we call it GSPC. */
const symbolOf = (ticker: string): string => ticker.toUpperCase().replace(/^\^/, '');

/**
 * A ticker that is not on the watchlist yet, asked for at the source: what it is to us, the watchlist's symbol where
 * it was there by another name, or why it cannot be watched.
 */
export const findTicker = async (
  source: Source,
  watchlist: MutableWatchlist,
  typed: string,
  now: number,
): Promise<CustomSymbol | { readonly known: string } | WatchRefusal> => {
  if (!source.find) return 'no-answer';
  try {
    const found = await source.find(typed, now);
    if (!found) return 'unknown';
    const known = watchlist.resolve(found.ticker);
    if (known !== undefined) return { known };
    const { name, kind, ticker, currency, timeZone } = found;
    if (kind === 'other' || currency !== CURRENCY || timeZone !== EXCHANGE_TIME_ZONE) return 'elsewhere';
    const symbol = symbolOf(ticker);
    if (!/^[A-Z0-9.-]{1,12}$/.test(symbol) || watchlist.symbols.has(symbol)) return 'unknown';
    return { symbol, name, kind, ticker, source: source.name.toLowerCase() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return error.fault === 'unknown-symbol' ? 'unknown' : 'no-answer';
  }
};
