import type { z } from 'zod';
import { fetchText } from '../../http/fetch-text.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { CachedAnswer, EdgarCache } from './cache.ts';
import { EdgarError, edgarFailure, unreached } from './edgar-error.ts';

export interface GetOptions {
  /** Origin. */
  readonly url: string;
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly cache: EdgarCache;
  readonly log: Logger;
  readonly signal: AbortSignal | undefined;
}

/** What an answer is read as. */
export type Format = 'json' | 'text';

const ACCEPTED = { json: 'application/json', text: 'text/html' } as const satisfies Record<Format, string>;

const unreadable = (path: string, what: string): EdgarError =>
  new EdgarError('unreadable', `EDGAR's response to ${path} ${what}; its API may have changed`);

/** @throws EdgarError (`unreadable`) */
const read = <T>(path: string, body: string, schema: z.ZodType<T>, format: Format): T => {
  let json: unknown = body;
  try {
    if (format === 'json') json = JSON.parse(body);
  } catch {
    throw unreadable(path, 'is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw unreadable(path, `cannot be read (at "${parsed.error.issues[0]?.path.join('.') ?? ''}")`);
  return parsed.data;
};

/**
 * Makes one request and reads its answer by a schema; undefined for HTTP 404. A cached answer is confirmed by its ETag and
 * Last-Modified. Only readable answers are cached. A cache that fails costs a download.
 */
export const createGet = ({ url, userAgent, timeoutMs, cache, log, signal }: GetOptions, format: Format = 'json') => {
  const request = async (path: string, known: CachedAnswer | undefined) => {
    const headers = {
      'user-agent': userAgent,
      'accept-encoding': 'gzip, deflate',
      accept: ACCEPTED[format],
      ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
      ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
    };
    const address = new URL(path, url);
    return fetchText(address, { headers }, { timeoutMs, signal }).catch((cause: unknown) => {
      throw unreached(address, cause);
    });
  };

  const readCache = (path: string): Promise<CachedAnswer | undefined> =>
    cache.get(path).catch((err: unknown) => {
      log.warn({ err, path }, 'Cached EDGAR response is unreadable; downloading it again');
      return undefined;
    });

  const writeCache = (path: string, answer: CachedAnswer): Promise<void> =>
    cache.set(path, answer).catch((err: unknown) => {
      log.warn({ err, path }, 'EDGAR response could not be cached');
    });

  /** Undefined if the cached answer can no longer be read. */
  const parseCached = <T>(path: string, known: CachedAnswer | undefined, schema: z.ZodType<T>) => {
    try {
      return known && { known, value: read(path, known.body, schema, format) };
    } catch {
      return undefined;
    }
  };

  return async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const cached = parseCached(path, await readCache(path), schema);
    const { response, body } = await request(path, cached?.known);
    if (response.status === 304 && cached) return cached.value;
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw edgarFailure(response, body);
    const value = read(path, body, schema, format);
    const etag = response.headers.get('etag');
    const lastModified = response.headers.get('last-modified');
    if (etag !== null || lastModified !== null) {
      await writeCache(path, { body, ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) });
    }
    return value;
  };
};
