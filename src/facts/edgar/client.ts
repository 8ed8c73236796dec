import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { createBreaker } from '../../http/breaker.ts';
import { createTries, type Passing } from '../../http/tries.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { createMemoryCache, type EdgarCache } from './cache.ts';
import { conceptSchema } from './companyfacts.ts';
import { userAgentOf } from './contact.ts';
import { EdgarError } from './edgar-error.ts';
import type { FiledRow } from './filed-row.ts';
import { createGet } from './get.ts';
import { createRequestSpacing } from './request-spacing.ts';
import { type ListedFiling, submissionsSchema } from './submissions.ts';

/** The SEC allows 10 a second from one address, whatever else runs there. */
const PER_SECOND = 5;
/** The SEC lets an address in again when it has kept quiet for ten minutes. */
const PAUSE_MS = 600_000;
/** Requests in a row that found EDGAR down, and how long none goes out after them. */
const DOWN_AFTER = 8;
const REST_MS = MINUTE_MS;

export interface EdgarOptions {
  /** EDGAR_CONTACT: "Name contact@domain". */
  readonly contact: string | undefined;
  /** Replaces the origin https://data.sec.gov; the path stays. For a proxy or a rehearsal. */
  readonly url?: string;
  readonly log: Logger;
  /** Default: in memory. */
  readonly cache?: EdgarCache;
  /** For one request, its body included. Default: 15 s. */
  readonly timeoutMs?: number;
  /** Breaks off every request and wait; calls then reject with EdgarError. */
  readonly signal?: AbortSignal;
  readonly wait?: (ms: number) => Promise<void>;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock?: () => number;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

/** EDGAR's data. Every call rejects with EdgarError and with nothing else. */
export interface EdgarClient {
  /** A company's filings, the newest first. */
  submissions(cik: number): Promise<readonly ListedFiling[]>;
  /** Everything a company filed under a us-gaap tag, in dollars; undefined where it never used the tag. */
  concept(cik: number, tag: string): Promise<readonly FiledRow[] | undefined>;
}

const passing = (error: unknown): Passing | undefined =>
  error instanceof EdgarError && (error.fault === 'throttled' || error.fault === 'unreachable') ? error : undefined;

const padded = (cik: number): string => `CIK${String(cik).padStart(10, '0')}`;

/**
 * A client that asks no more than five times a second, repeats what may pass, and keeps away for ten minutes, or as
 * long as it is told, where EDGAR throttles all its tries.
 * @throws EdgarError (`contact`) where `contact` is not what the SEC wants to know.
 */
export const createEdgarClient = (options: EdgarOptions): EdgarClient => {
  const { url = 'https://data.sec.gov', log, timeoutMs = 15_000, signal } = options;
  const { cache = createMemoryCache(), clock = () => performance.now(), random = Math.random } = options;
  const { wait = (ms: number) => sleep(ms, undefined, signal && { signal }) } = options;
  const get = createGet({ url, userAgent: userAgentOf(options.contact), timeoutMs, cache, log, signal });
  const pace = createRequestSpacing({ perSecond: PER_SECOND, clock, wait });
  const breaker = createBreaker({
    after: DOWN_AFTER,
    restMs: REST_MS,
    clock,
    counts: (error) => error instanceof EdgarError && error.fault === 'unreachable',
  });
  // Up to four, 1-2 s, 4-8 s and 16-32 s apart.
  const spread = { tries: 4, firstWaitMs: 2_000, growth: 4, longestWaitMs: MINUTE_MS };
  const tries = createTries({ ...spread, passing, wait, random, breaker });
  let quietUntil = Number.NEGATIVE_INFINITY;

  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const left = quietUntil - clock();
    if (left > 0) {
      const message = `EDGAR is rate limiting us; next request in ${Math.ceil(left / 1_000)} s`;
      throw new EdgarError('throttled', message);
    }
    try {
      return await tries(async () => {
        await pace();
        return await get(path, schema);
      }, signal);
    } catch (error) {
      if (signal?.aborted) throw new EdgarError('unreachable', 'Requests to EDGAR were cancelled', { cause: error });
      if (!(error instanceof EdgarError)) {
        throw new EdgarError('unreachable', 'A request to EDGAR failed unexpectedly', { cause: error });
      }
      if (error.fault === 'throttled') {
        const pauseMs = error.retryAfterMs ?? PAUSE_MS;
        quietUntil = Math.max(quietUntil, clock() + pauseMs);
        log.warn({ pauseMs }, 'EDGAR is rate limiting us; requests paused');
      }
      throw error;
    }
  };

  return {
    submissions: async (cik) => {
      const filings = await ask(`/submissions/${padded(cik)}.json`, submissionsSchema);
      if (filings) return filings;
      throw new EdgarError('refused', `EDGAR has no filer with CIK ${cik} (HTTP 404); check EDGAR_URL`);
    },
    concept: (cik, tag) => ask(`/api/xbrl/companyconcept/${padded(cik)}/us-gaap/${tag}.json`, conceptSchema),
  };
};
