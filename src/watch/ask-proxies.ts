import type { RawQuote } from '../market/quote.ts';
import { type Listed, SourceError } from '../market/source.ts';
import { isDueAgain } from '../util/due-again.ts';
import { type HistorySchedule, RETRY_MS } from './history-schedule.ts';
import type { WatchParts } from './watch-parts.ts';

/** The fund's quote of a source that is not the index's, or else of the one that speaks; undefined if none has it. */
const askFund = async ({ source }: WatchParts, fund: Listed, now: number): Promise<RawQuote | undefined> => {
  try {
    const other = (await source.confirm?.([fund], now))?.quotes[0];
    return other ?? (await source.quotes([fund], now)).quotes[0];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return undefined;
  }
};

/**
 * Quotes of the funds that move as these indexes do, by index; each is asked for every two minutes at most, and its last
 * quote counts in between. Symbols without such a fund are left out.
 */
export const askProxies = async (
  parts: WatchParts,
  { proxies }: HistorySchedule,
  indexes: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, RawQuote>> => {
  const found = new Map<string, RawQuote>();
  for (const index of indexes) {
    const ticker = parts.watchlist.symbols.get(index)?.proxy;
    if (ticker === undefined) continue;
    const last = proxies.get(index);
    const isDue = isDueAgain(last?.askedAt, RETRY_MS, now);
    const quote = isDue ? await askFund(parts, { symbol: ticker, ticker, kind: 'stock' }, now) : last?.quote;
    if (isDue) proxies.set(index, { askedAt: now, ...(quote && { quote }) });
    if (quote) found.set(index, quote);
  }
  return found;
};
