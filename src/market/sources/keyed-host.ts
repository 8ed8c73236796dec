import { setTimeout as sleep } from 'node:timers/promises';
import { createGrowingCoolDown } from '../../http/cool-down.ts';
import { fetchText } from '../../http/fetch-text.ts';
import { createHost } from '../../http/host.ts';
import type { HostFailures } from '../../http/host-failures.ts';
import { createQuota } from '../../http/quota.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { SourceError } from '../source.ts';

/** Options of a source that is asked with a key of one's own. */
export interface KeyedOptions {
  /** Sent in a header, never in a URL. */
  readonly token: string;
  /** Replaces the origin; the path stays. For a proxy or a test. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request, its body included. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

interface KeyedHostParts extends Pick<KeyedOptions, 'log' | 'wait' | 'random'> {
  /** Name for people. */
  readonly source: string;
  readonly failures: HostFailures<SourceError>;
  /** With the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Requests that a key may make in so many milliseconds. */
  readonly quota: { readonly requests: number; readonly perMs: number };
}

/** A source's host, asked within the quota of a key. */
export interface KeyedHost {
  /**
   * Reads an answer, of whatever status; 'quota used up' without a request if the key may make none now. `now`, in epoch
   * milliseconds, measures pauses and the quota. Rejects with SourceError.
   */
  ask<T>(
    address: URL,
    now: number,
    read: (response: Response, body: string) => T,
  ): Promise<{ readonly answer: T } | 'quota used up'>;
  /** Parses a body. @throws SourceError */
  json(body: string): unknown;
}

export const createKeyedHost = (parts: KeyedHostParts): KeyedHost => {
  const { source, failures, headers, timeoutMs, log, random = Math.random, wait = (ms: number) => sleep(ms) } = parts;
  const quota = createQuota(parts.quota.requests, parts.quota.perMs);
  const coolDown = createGrowingCoolDown(random);
  const host = createHost({
    ...{ failures, coolDown, wait, random },
    tries: { tries: 2, firstWaitMs: 1_000, growth: 2, longestWaitMs: 2_000 },
    retried: ['unreachable'],
    breaker: { after: 4, restMs: 30_000 },
    onPause: (pauseMs) => log.warn({ source, pauseMs }, 'Source is rate limiting us; requests paused'),
  });
  const accepting = { ...headers, accept: 'application/json' };
  return {
    async ask(address, now, read) {
      const call = { clock: () => now, signal: AbortSignal.timeout(2 * timeoutMs) };
      const asked = await host.ask(call, async (signal) => {
        // Nobody throttles us then: no pause follows.
        if (!quota.take(now)) return 'quota used up';
        const { response, body } = await fetchText(address, { headers: accepting }, { timeoutMs, signal }).catch(
          (cause: unknown) => {
            throw failures.unreached(address, cause);
          },
        );
        return { answer: read(response, body) };
      });
      if (asked !== 'quota used up') coolDown.reset();
      return asked;
    },
    json: (body) => {
      try {
        return JSON.parse(body);
      } catch {
        throw failures.unreadable();
      }
    },
  };
};
