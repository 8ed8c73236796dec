import { setTimeout as sleep } from 'node:timers/promises';
import { createGrowingCoolDown } from '../../../http/cool-down.ts';
import { createHost } from '../../../http/host.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { type Client, createClient } from './client.ts';
import { asYahooFailure, YAHOO, yahooFailures } from './failure.ts';
import { createYahooFetch } from './yahoo-fetch.ts';

export interface YahooOptions {
  /** Replaces the origin of every Yahoo host; path and query stay. For a proxy or a test. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request. A whole call, with its tries, ends within twice as long. Default: 10 s. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

type Fetch = typeof globalThis.fetch;

/** Each kind has its own breaker: one history that fails must not stop the quotes. */
export type RequestKind = 'quote' | 'chart' | 'figures';

/** One visitor as Yahoo sees it: a session, its tries, and its pause after throttling. */
export interface YahooConnection {
  /** Makes a request. Rejects with YahooFailure. `now`, in epoch milliseconds, measures pauses. */
  ask<T>(now: number, kind: RequestKind, request: (client: Client, fetch: Fetch) => Promise<T>): Promise<T>;
}

const throwAsYahooFailure = (error: unknown): never => {
  throw asYahooFailure(error);
};

export const createYahooConnection = (options: YahooOptions): YahooConnection => {
  const { url, log, timeoutMs = 10_000, wait = (ms: number) => sleep(ms), random = Math.random } = options;
  const client = createClient();
  const fetchUntil = createYahooFetch({ url, timeoutMs });
  const coolDown = createGrowingCoolDown(random);
  const host = createHost({
    ...{ failures: yahooFailures, coolDown, wait, random },
    // The waits are 0.5-1 s and then 1-2 s.
    tries: { tries: 3, firstWaitMs: 1_000, growth: 2, longestWaitMs: 4_000 },
    retried: ['throttled', 'unreachable'],
    breaker: { after: 6, restMs: 30_000 },
    onPause: (pauseMs) => log.warn({ source: YAHOO, pauseMs }, 'Source is rate limiting us; requests paused'),
    asFailure: asYahooFailure,
  });

  return {
    async ask(now, kind, request) {
      const call = { clock: () => now, lane: kind, signal: AbortSignal.timeout(2 * timeoutMs) };
      const answer = await host.ask(call, (deadline) =>
        request(client, fetchUntil(deadline)).catch(throwAsYahooFailure),
      );
      coolDown.reset();
      return answer;
    },
  };
};
