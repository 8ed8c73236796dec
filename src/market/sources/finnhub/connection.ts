import { setTimeout as sleep } from 'node:timers/promises';
import { createBreaker } from '../../../http/breaker.ts';
import { createCoolDown } from '../../../http/cool-down.ts';
import { fetchText } from '../../../http/fetch-text.ts';
import { createQuota } from '../../../http/quota.ts';
import { createTries, type Passing } from '../../../http/tries.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { MINUTE_MS } from '../../../util/durations.ts';
import { FINNHUB, FinnhubFailure, finnhubFault, notReached, unreadable } from './failure.ts';

export interface FinnhubOptions {
  /** FINNHUB_TOKEN. It goes into a header, never into an address. */
  readonly token: string;
  /** Replaces the origin https://finnhub.io; the path stays. For a proxy or a rehearsal. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request, its body included. Default: 8 s. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

/** A key's free requests are 60 a minute; the rest is left to whoever else uses it. */
const PER_MINUTE = 50;
/** Requests in a row that found Finnhub down, and how long none goes out after them. */
const DOWN_AFTER = 4;
const REST_MS = 30_000;

/** What became of one question. */
export type FinnhubAnswer = { readonly json: unknown } | 'not on this key' | 'minute used up';

export interface FinnhubConnection {
  /** Rejects with FinnhubFailure. `now`, in epoch milliseconds, measures pauses and the quota. */
  quote(ticker: string, now: number): Promise<FinnhubAnswer>;
}

const passing = (error: unknown): Passing | undefined =>
  error instanceof FinnhubFailure && error.fault === 'unreachable' ? error : undefined;

export const createFinnhubConnection = (options: FinnhubOptions): FinnhubConnection => {
  const { token, url = 'https://finnhub.io', log, timeoutMs = 8_000, random = Math.random } = options;
  const { wait = (ms: number) => sleep(ms) } = options;
  const quota = createQuota(PER_MINUTE, MINUTE_MS);
  const coolDown = createCoolDown(random);
  let askedAt = 0;
  const breaker = createBreaker({
    after: DOWN_AFTER,
    restMs: REST_MS,
    clock: () => askedAt,
    counts: (error) => passing(error) !== undefined,
  });
  const tries = createTries({
    ...{ tries: 2, firstWaitMs: 1_000, growth: 2, longestWaitMs: 2_000 },
    ...{ passing, wait, random, breaker },
  });

  const request = async (ticker: string, signal: AbortSignal): Promise<FinnhubAnswer> => {
    const address = new URL('/api/v1/quote', url);
    address.searchParams.set('symbol', ticker);
    const headers = { 'x-finnhub-token': token, accept: 'application/json' };
    const { response, body } = await fetchText(address, { headers }, { timeoutMs, signal }).catch((cause: unknown) => {
      throw notReached(address.host, cause);
    });
    if (response.status !== 200) {
      const fault = finnhubFault(response, body);
      if (fault) throw fault;
      return 'not on this key';
    }
    try {
      return { json: JSON.parse(body) };
    } catch {
      throw unreadable();
    }
  };

  return {
    async quote(ticker, now) {
      const left = coolDown.left(now);
      if (left > 0) {
        const seconds = Math.ceil(left / 1000);
        throw new FinnhubFailure('throttled', `Finnhub is rate limiting us; next request in ${seconds} s`);
      }
      askedAt = now;
      try {
        const answer = await tries(
          async (signal) => (quota.take(now) ? request(ticker, signal) : 'minute used up'),
          AbortSignal.timeout(2 * timeoutMs),
        );
        if (answer !== 'minute used up') coolDown.reset();
        return answer;
      } catch (error) {
        if (error instanceof FinnhubFailure && error.fault === 'throttled') {
          coolDown.begin(now, error.retryAfterMs);
          log.warn({ source: FINNHUB, pauseMs: coolDown.left(now) }, 'Source is rate limiting us; requests paused');
        }
        throw error;
      }
    },
  };
};
