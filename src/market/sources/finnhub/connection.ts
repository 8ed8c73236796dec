import { MINUTE_MS } from '../../../util/durations.ts';
import { createKeyedHost, type KeyedOptions } from '../keyed-host.ts';
import { FINNHUB, failureOf, finnhubFailures } from './failure.ts';

/** A free key may make 60 requests a minute; the rest is left to other programs that use the key. */
const MAX_REQUESTS_PER_MINUTE = 50;

/** The result of one request. */
export type FinnhubAnswer = { readonly json: unknown } | 'not on this key' | 'minute used up';

export interface FinnhubConnection {
  /** Rejects with SourceError. `now`, in epoch milliseconds, measures pauses and the quota. */
  quote(ticker: string, now: number): Promise<FinnhubAnswer>;
}

export const createFinnhubConnection = ({
  token,
  url = 'https://finnhub.io',
  timeoutMs = 8_000,
  ...options
}: KeyedOptions): FinnhubConnection => {
  const host = createKeyedHost({
    ...options,
    ...{ source: FINNHUB, failures: finnhubFailures, timeoutMs },
    headers: { 'x-finnhub-token': token },
    quota: { requests: MAX_REQUESTS_PER_MINUTE, perMs: MINUTE_MS },
  });
  return {
    async quote(ticker, now) {
      const address = new URL('/api/v1/quote', url);
      address.searchParams.set('symbol', ticker);
      const asked = await host.ask(address, now, (response, body): FinnhubAnswer => {
        if (response.status === 200) return { json: host.json(body) };
        const failure = failureOf(response, body);
        if (failure) throw failure;
        return 'not on this key';
      });
      return asked === 'quota used up' ? 'minute used up' : asked.answer;
    },
  };
};
