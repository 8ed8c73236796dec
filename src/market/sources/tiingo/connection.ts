import { HOUR_MS } from '../../../util/durations.ts';
import type { SessionDate } from '../../calendar.ts';
import { createKeyedHost, type KeyedOptions } from '../keyed-host.ts';
import { hourUsedUp, refusalOf, TIINGO, tiingoFailures } from './failure.ts';

/** A free key may ask 50 times an hour; the rest is left to other programs that use the key. */
const MAX_REQUESTS_PER_HOUR = 45;

/** Answers as parsed JSON. Rejects with SourceError. `now`, in epoch milliseconds, measures pauses and the quota. */
export interface TiingoConnection {
  quotes(tickers: readonly string[], now: number): Promise<unknown>;
  prices(ticker: string, from: SessionDate, now: number): Promise<unknown>;
}

/** By default a request may take 15 s: a whole history is long. */
export const createTiingoConnection = ({
  token,
  url = 'https://api.tiingo.com',
  timeoutMs = 15_000,
  ...options
}: KeyedOptions): TiingoConnection => {
  const host = createKeyedHost({
    ...options,
    ...{ source: TIINGO, failures: tiingoFailures, timeoutMs },
    headers: { authorization: `Token ${token}` },
    quota: { requests: MAX_REQUESTS_PER_HOUR, perMs: HOUR_MS },
  });

  const ask = async (address: URL, now: number, ticker?: string): Promise<unknown> => {
    const asked = await host.ask(address, now, (response, body) => {
      const failure = refusalOf(response, body, ticker);
      if (failure) throw failure;
      return host.json(body);
    });
    if (asked === 'quota used up') throw hourUsedUp();
    return asked.answer;
  };

  return {
    quotes: (tickers, now) => {
      const address = new URL('/iex/', url);
      address.searchParams.set('tickers', tickers.join(','));
      return ask(address, now);
    },
    prices: (ticker, from, now) => {
      const address = new URL(`/tiingo/daily/${encodeURIComponent(ticker)}/prices`, url);
      address.searchParams.set('startDate', from);
      return ask(address, now, ticker);
    },
  };
};
