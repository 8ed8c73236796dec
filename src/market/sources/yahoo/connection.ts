import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../log.ts';
import { type Client, createClient } from './client.ts';
import { createCoolDown } from './cool-down.ts';
import { asYahooFailure, SOURCE, YahooFailure } from './failure.ts';
import { createTries } from './tries.ts';
import { createYahooFetch } from './yahoo-fetch.ts';

export interface YahooOptions {
  /** Replaces the origin of every Yahoo host; path and query stay. For a proxy or a rehearsal. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request. A whole call, with its tries, ends within twice as long. Default: 10 s. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

type Fetch = typeof globalThis.fetch;

/** One visitor as Yahoo sees it: its session, its tries, and the pause that it keeps after it was throttled. */
export interface Connection {
  /** Puts a question, or rejects with YahooFailure. `now`, in epoch milliseconds, measures the pause. */
  ask<T>(now: number, question: (client: Client, fetch: Fetch) => Promise<T>): Promise<T>;
}

export const createConnection = (options: YahooOptions): Connection => {
  const { url, log, timeoutMs = 10_000, wait = (ms: number) => sleep(ms), random = Math.random } = options;
  const client = createClient();
  const fetchUntil = createYahooFetch({ url, timeoutMs });
  const tries = createTries({ wait, random, budgetMs: 2 * timeoutMs });
  const coolDown = createCoolDown(random);

  return {
    async ask(now, question) {
      const left = coolDown.left(now);
      if (left > 0) {
        const seconds = Math.ceil(left / 1000);
        throw new YahooFailure('throttled', `Yahoo is throttling us; the next request goes out in ${seconds} s`);
      }
      try {
        const answer = await tries((deadline) => question(client, fetchUntil(deadline)));
        coolDown.reset();
        return answer;
      } catch (error) {
        const failure = asYahooFailure(error);
        if (failure.fault === 'throttled') {
          coolDown.begin(now, failure.retryAfterMs);
          log.warn({ source: SOURCE, pauseMs: coolDown.left(now) }, 'Source throttles us; requests pause');
        }
        throw failure;
      }
    },
  };
};
