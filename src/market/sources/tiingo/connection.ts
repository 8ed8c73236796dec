import { setTimeout as sleep } from 'node:timers/promises';
import { createGrowingCoolDown } from '../../../http/cool-down.ts';
import { fetchText } from '../../../http/fetch-text.ts';
import { createHost } from '../../../http/host.ts';
import { createQuota } from '../../../http/quota.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { HOUR_MS } from '../../../util/durations.ts';
import type { SessionDate } from '../../calendar.ts';
import { hourUsedUp, refusalOf, TIINGO, tiingoFailures } from './failure.ts';

export interface TiingoOptions {
  /** TIINGO_TOKEN. Sent in a header, never in a URL. */
  readonly token: string;
  /** Replaces the origin https://api.tiingo.com; the path stays. For a proxy or a test. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request, its body included. Default: 15 s: a whole history is long. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

/** A free key may ask 50 times an hour; the rest is left to other programs that use the key. */
const MAX_REQUESTS_PER_HOUR = 45;

/** Answers as parsed JSON. Rejects with SourceError. `now`, in epoch milliseconds, measures pauses and the quota. */
export interface TiingoConnection {
  quotes(tickers: readonly string[], now: number): Promise<unknown>;
  prices(ticker: string, from: SessionDate, now: number): Promise<unknown>;
}

export const createTiingoConnection = (options: TiingoOptions): TiingoConnection => {
  const { token, url = 'https://api.tiingo.com', log, timeoutMs = 15_000, random = Math.random } = options;
  const { wait = (ms: number) => sleep(ms) } = options;
  const headers = { authorization: `Token ${token}`, accept: 'application/json' };
  const quota = createQuota(MAX_REQUESTS_PER_HOUR, HOUR_MS);
  const coolDown = createGrowingCoolDown(random);
  const host = createHost({
    ...{ failures: tiingoFailures, coolDown, wait, random },
    tries: { tries: 2, firstWaitMs: 1_000, growth: 2, longestWaitMs: 2_000 },
    retried: ['unreachable'],
    breaker: { after: 4, restMs: 30_000 },
    onPause: (pauseMs) => log.warn({ source: TIINGO, pauseMs }, 'Source is rate limiting us; requests paused'),
  });

  const request = async (address: URL, signal: AbortSignal, ticker?: string): Promise<unknown> => {
    const { response, body } = await fetchText(address, { headers }, { timeoutMs, signal }).catch((cause: unknown) => {
      throw tiingoFailures.unreached(address, cause);
    });
    const failure = refusalOf(response, body, ticker);
    if (failure) throw failure;
    try {
      return JSON.parse(body);
    } catch {
      throw tiingoFailures.unreadable();
    }
  };

  const ask = async (address: URL, now: number, ticker?: string): Promise<unknown> => {
    const call = { clock: () => now, signal: AbortSignal.timeout(2 * timeoutMs) };
    const json = await host.ask(call, async (signal) => {
      // Nobody throttles us: no pause follows.
      if (!quota.take(now)) return undefined;
      return request(address, signal, ticker);
    });
    if (json === undefined) throw hourUsedUp();
    coolDown.reset();
    return json;
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
