import { setTimeout as sleep } from 'node:timers/promises';
import { createBreaker } from '../../../http/breaker.ts';
import { createCoolDown } from '../../../http/cool-down.ts';
import { createTries, type Passing, type Tries } from '../../../http/tries.ts';
import type { Logger } from '../../../telemetry/log.ts';
import { type Client, createClient } from './client.ts';
import { asYahooFailure, YAHOO, YahooFailure } from './failure.ts';
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

/** What is asked for. Each has a breaker of its own: one history that cannot be had must not hold up the quotes. */
export type RequestKind = 'quote' | 'chart' | 'figures';

/** Requests in a row that found a room of Yahoo's down, and how long none goes out after them. */
const DOWN_AFTER = 6;
const REST_MS = 30_000;

const passing = (error: unknown): Passing | undefined =>
  error instanceof YahooFailure && (error.fault === 'throttled' || error.fault === 'unreachable') ? error : undefined;

/** One visitor as Yahoo sees it: its session, its tries, and the pause that it keeps after it was throttled. */
export interface YahooConnection {
  /** Puts a question, or rejects with YahooFailure. `now`, in epoch milliseconds, measures pauses. */
  ask<T>(now: number, room: RequestKind, question: (client: Client, fetch: Fetch) => Promise<T>): Promise<T>;
}

const failed = (error: unknown): never => {
  throw asYahooFailure(error);
};

export const createYahooConnection = (options: YahooOptions): YahooConnection => {
  const { url, log, timeoutMs = 10_000, wait = (ms: number) => sleep(ms), random = Math.random } = options;
  const client = createClient();
  const fetchUntil = createYahooFetch({ url, timeoutMs });
  const coolDown = createCoolDown(random);
  let askedAt = 0;
  const createRoom = () => {
    const breaker = createBreaker({
      after: DOWN_AFTER,
      restMs: REST_MS,
      clock: () => askedAt,
      counts: (error) => error instanceof YahooFailure && error.fault === 'unreachable',
    });
    // Up to three, 0.5-1 s and then 1-2 s apart.
    const spread = { tries: 3, firstWaitMs: 1_000, growth: 2, longestWaitMs: 4_000 };
    return createTries({ ...spread, passing, wait, random, breaker });
  };
  const rooms: Readonly<Record<RequestKind, Tries>> = {
    quote: createRoom(),
    chart: createRoom(),
    figures: createRoom(),
  };

  return {
    async ask(now, room, question) {
      const left = coolDown.left(now);
      if (left > 0) {
        const seconds = Math.ceil(left / 1000);
        throw new YahooFailure('throttled', `Yahoo is rate limiting us; next request in ${seconds} s`);
      }
      try {
        askedAt = now;
        const answer = await rooms[room](
          (deadline) => question(client, fetchUntil(deadline)).catch(failed),
          AbortSignal.timeout(2 * timeoutMs),
        );
        coolDown.reset();
        return answer;
      } catch (error) {
        const failure = asYahooFailure(error);
        if (failure.fault === 'throttled') {
          coolDown.begin(now, failure.retryAfterMs);
          log.warn({ source: YAHOO, pauseMs: coolDown.left(now) }, 'Source is rate limiting us; requests paused');
        }
        throw failure;
      }
    },
  };
};
