import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createFixedCoolDown } from '../../http/cool-down.ts';
import { createHost } from '../../http/host.ts';
import type { Logger } from '../../telemetry/log.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { createMemoryCache, type EdgarCache } from './cache.ts';
import { conceptSchema } from './companyfacts.ts';
import { userAgentOf } from './contact.ts';
import { createGetDocument } from './documents/get-document.ts';
import { EdgarError, paused } from './edgar-error.ts';
import { type FiledRow, filingUrl } from './filed-row.ts';
import { findDocument, indexPath } from './filing-index.ts';
import { createGet } from './get.ts';
import type { FiledText } from './inline/read-document.ts';
import { createRequestSpacing } from './request-spacing.ts';
import { type ListedFiling, submissionsSchema } from './submissions.ts';

/** The SEC allows 10 a second from one IP address, other programs included. */
const REQUESTS_PER_SECOND = 5;
/** The SEC blocks an IP address until it has made no request for ten minutes. */
const THROTTLED_PAUSE_MS = 10 * MINUTE_MS;

export interface EdgarOptions {
  /** EDGAR_CONTACT: "Name contact@domain". */
  readonly contact: string | undefined;
  /** Replaces the origins https://data.sec.gov and https://www.sec.gov; the path stays. For a proxy or a test. */
  readonly url?: string;
  readonly log: Logger;
  /** Default: in memory. */
  readonly cache?: EdgarCache;
  /** For one request, its body included. Default: 15 s. */
  readonly timeoutMs?: number;
  /** Aborts every request and wait; calls then reject with EdgarError. */
  readonly signal?: AbortSignal;
  readonly wait?: (ms: number) => Promise<void>;
  /** Milliseconds of a clock that is never set back. */
  readonly clock?: () => number;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

/** EDGAR's data. Every method rejects only with EdgarError. */
export interface EdgarClient {
  /** A company's reports and 8-Ks, newest first. */
  submissions(cik: number): Promise<readonly ListedFiling[]>;
  /** Everything a company filed under a us-gaap tag, in dollars; undefined if it never used the tag. */
  concept(cik: number, tag: string): Promise<readonly FiledRow[] | undefined>;
  /** The address of a filing's first document of a type, such as "EX-99.1"; undefined if its index names none. */
  document(cik: number, accession: string, type: string): Promise<string | undefined>;
  /** A document of a filing by its file name; undefined if EDGAR does not have it, or not yet. */
  filedText(cik: number, accession: string, name: string): Promise<FiledText | undefined>;
}

/** Where the filings themselves are. Their addresses keep it, whichever origin is asked. */
const ARCHIVES = 'https://www.sec.gov';

const cikPath = (cik: number): string => `CIK${String(cik).padStart(10, '0')}`;

/**
 * A client with at most five requests a second and retries. If EDGAR throttles all tries of a call, it makes no request
 * for ten minutes, or for as long as EDGAR says.
 * @throws EdgarError (`contact`) if `contact` is not what the SEC requires.
 */
export const createEdgarClient = (options: EdgarOptions): EdgarClient => {
  const { url = 'https://data.sec.gov', log, timeoutMs = 15_000, signal } = options;
  const { cache = createMemoryCache(), clock = () => performance.now(), random = Math.random } = options;
  const { wait = (ms: number) => sleep(ms, undefined, signal && { signal }) } = options;
  const asking = { userAgent: userAgentOf(options.contact), timeoutMs, log, signal };
  const get = createGet({ ...asking, url, cache });
  // A filing's index is read once.
  const getPage = createGet({ ...asking, url: options.url ?? ARCHIVES, cache: createMemoryCache() }, 'text');
  const { userAgent } = asking;
  const getDocument = createGetDocument({ url: options.url ?? ARCHIVES, userAgent, signal });
  const nextSlot = createRequestSpacing({ perSecond: REQUESTS_PER_SECOND, clock, wait });
  const asFailure = (cause: unknown): EdgarError => {
    if (signal?.aborted) return new EdgarError('unreachable', 'Requests to EDGAR were cancelled', { cause });
    if (cause instanceof EdgarError) return cause;
    return new EdgarError('unreachable', 'A request to EDGAR failed unexpectedly', { cause });
  };
  const host = createHost({
    ...{ failures: { paused }, wait, random, asFailure },
    // The waits are 1-2 s, 4-8 s and 16-32 s.
    tries: { tries: 4, firstWaitMs: 2_000, growth: 4, longestWaitMs: MINUTE_MS },
    retried: ['throttled', 'unreachable'],
    breaker: { after: 8, restMs: MINUTE_MS },
    coolDown: createFixedCoolDown(THROTTLED_PAUSE_MS),
    onPause: (pauseMs) => log.warn({ pauseMs }, 'EDGAR is rate limiting us; requests paused'),
  });

  const inTurn = <T>(request: () => Promise<T>): Promise<T> =>
    host.ask({ clock, signal }, async () => {
      await nextSlot();
      return await request();
    });
  const ask = <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => inTurn(() => get(path, schema));

  return {
    submissions: async (cik) => {
      const filings = await ask(`/submissions/${cikPath(cik)}.json`, submissionsSchema);
      if (filings) return filings;
      throw new EdgarError('refused', `EDGAR has no filer with CIK ${cik} (HTTP 404); check EDGAR_URL`);
    },
    concept: (cik, tag) => ask(`/api/xbrl/companyconcept/${cikPath(cik)}/us-gaap/${tag}.json`, conceptSchema),
    document: async (cik, accession, type) => {
      const page = await inTurn(() => getPage(indexPath(cik, accession), z.string()));
      const path = findDocument(page ?? '', type);
      return path && new URL(path, ARCHIVES).href;
    },
    filedText: (cik, accession, name) =>
      inTurn(() => getDocument(`${new URL(filingUrl(cik, accession)).pathname}${name}`)),
  };
};
