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

/**
 * Each kind has its own breaker: one history that fails must not stop the quotes. What nobody watches, `any`, also has a
 * pause of its own, and is tried again less.
 */
export type RequestKind = 'quote' | 'chart' | 'figures' | 'any';

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
  const shared = {
    ...{ failures: yahooFailures, wait, random },
    breaker: { after: 6, restMs: 30_000 },
    asFailure: asYahooFailure,
  };
  const coolDown = createGrowingCoolDown(random);
  const polls = createHost({
    ...shared,
    coolDown,
    // The waits are 0.5-1 s and then 1-2 s.
    tries: { tries: 3, firstWaitMs: 1_000, growth: 2, longestWaitMs: 4_000 },
    retried: ['throttled', 'unreachable'],
    onPause: (pauseMs) => log.warn({ source: YAHOO, pauseMs }, 'Source is rate limiting us; requests paused'),
  });
  const pauseOfAny = createGrowingCoolDown(random);
  const others = createHost({
    ...shared,
    coolDown: pauseOfAny,
    tries: { tries: 2, firstWaitMs: 1_000, growth: 2, longestWaitMs: 1_000 },
    retried: ['unreachable'],
    onPause: (pauseMs) => log.info({ source: YAHOO, pauseMs }, 'Source is rate limiting questions; they wait'),
  });

  return {
    async ask(now, kind, request) {
      const call = { clock: () => now, lane: kind, signal: AbortSignal.timeout(2 * timeoutMs) };
      const isAny = kind === 'any';
      const pauseMs = isAny ? coolDown.left(now) : 0;
      if (pauseMs > 0) throw yahooFailures.paused(pauseMs);
      const answer = await (isAny ? others : polls).ask(call, (deadline) =>
        request(client, fetchUntil(deadline)).catch(throwAsYahooFailure),
      );
      (isAny ? pauseOfAny : coolDown).reset();
      return answer;
    },
  };
};
