import { setTimeout as sleep } from 'node:timers/promises';
import { createGrowingCoolDown } from '../../../http/cool-down.ts';
import { fetchText } from '../../../http/fetch-text.ts';
import { createHost } from '../../../http/host.ts';
import { createQuota } from '../../../http/quota.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { MINUTE_MS } from '../../../util/durations.ts';
import { FINNHUB, failureOf, finnhubFailures } from './failure.ts';

export interface FinnhubOptions {
  /** FINNHUB_TOKEN. Sent in a header, never in a URL. */
  readonly token: string;
  /** Replaces the origin https://finnhub.io; the path stays. For a proxy or a test. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request, its body included. Default: 8 s. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

/** A free key may make 60 requests a minute; the rest is left to other programs that use the key. */
const MAX_REQUESTS_PER_MINUTE = 50;

/** The result of one request. */
export type FinnhubAnswer = { readonly json: unknown } | 'not on this key' | 'minute used up';

export interface FinnhubConnection {
  /** Rejects with SourceError. `now`, in epoch milliseconds, measures pauses and the quota. */
  quote(ticker: string, now: number): Promise<FinnhubAnswer>;
}

export const createFinnhubConnection = (options: FinnhubOptions): FinnhubConnection => {
  const { token, url = 'https://finnhub.io', log, timeoutMs = 8_000, random = Math.random } = options;
  const { wait = (ms: number) => sleep(ms) } = options;
  const quota = createQuota(MAX_REQUESTS_PER_MINUTE, MINUTE_MS);
  const coolDown = createGrowingCoolDown(random);
  const host = createHost({
    ...{ failures: finnhubFailures, coolDown, wait, random },
    tries: { tries: 2, firstWaitMs: 1_000, growth: 2, longestWaitMs: 2_000 },
    retried: ['unreachable'],
    breaker: { after: 4, restMs: 30_000 },
    onPause: (pauseMs) => log.warn({ source: FINNHUB, pauseMs }, 'Source is rate limiting us; requests paused'),
  });

  const request = async (ticker: string, signal: AbortSignal): Promise<FinnhubAnswer> => {
    const address = new URL('/api/v1/quote', url);
    address.searchParams.set('symbol', ticker);
    const headers = { 'x-finnhub-token': token, accept: 'application/json' };
    const { response, body } = await fetchText(address, { headers }, { timeoutMs, signal }).catch((cause: unknown) => {
      throw finnhubFailures.unreached(address, cause);
    });
    if (response.status !== 200) {
      const failure = failureOf(response, body);
      if (failure) throw failure;
      return 'not on this key';
    }
    try {
      return { json: JSON.parse(body) };
    } catch {
      throw finnhubFailures.unreadable();
    }
  };

  return {
    async quote(ticker, now) {
      const call = { clock: () => now, signal: AbortSignal.timeout(2 * timeoutMs) };
      const answer = await host.ask(call, async (signal) =>
        quota.take(now) ? request(ticker, signal) : 'minute used up',
      );
      if (answer !== 'minute used up') coolDown.reset();
      return answer;
    },
  };
};
