import type { z } from 'zod';
import { fetchText } from '../../http/fetch-text.ts';
import { networkCause } from '../../http/network-cause.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { CachedAnswer, EdgarCache } from './cache.ts';
import { EdgarError } from './edgar-error.ts';
import { edgarFault } from './judge.ts';

export interface GetOptions {
  /** Origin. */
  readonly url: string;
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly cache: EdgarCache;
  readonly log: Logger;
  readonly signal: AbortSignal | undefined;
}

const unreadable = (path: string, what: string): EdgarError =>
  new EdgarError('unreadable', `EDGAR's response to ${path} ${what}; its API may have changed`);

/** @throws EdgarError (`unreadable`) */
const read = <T>(path: string, body: string, schema: z.ZodType<T>): T => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw unreadable(path, 'is not JSON');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw unreadable(path, `cannot be read (at "${parsed.error.issues[0]?.path.join('.') ?? ''}")`);
  return parsed.data;
};

/**
 * One request for one answer, read by a schema; undefined for HTTP 404. What was answered before is asked for with
 * its ETag and day of change, so that EDGAR can say "unchanged". Only an answer that could be read is kept. A cache
 * that fails costs a download.
 */
export const createGet = ({ url, userAgent, timeoutMs, cache, log, signal }: GetOptions) => {
  const request = async (path: string, known: CachedAnswer | undefined) => {
    const headers = {
      'user-agent': userAgent,
      'accept-encoding': 'gzip, deflate',
      accept: 'application/json',
      ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
      ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
    };
    try {
      return await fetchText(new URL(path, url), { headers }, { timeoutMs, signal });
    } catch (cause) {
      const message = `EDGAR cannot be reached at ${new URL(url).host} (${networkCause(cause)}); new figures are delayed`;
      throw new EdgarError('unreachable', message, { cause });
    }
  };

  const recall = (path: string): Promise<CachedAnswer | undefined> =>
    cache.get(path).catch((err: unknown) => {
      log.warn({ err, path }, 'Cached EDGAR response is unreadable; downloading it again');
      return undefined;
    });

  const keep = (path: string, answer: CachedAnswer): Promise<void> =>
    cache.set(path, answer).catch((err: unknown) => {
      log.warn({ err, path }, 'EDGAR response could not be cached');
    });

  /** A kept answer that cannot be read any more is as good as none. */
  const readKept = <T>(path: string, known: CachedAnswer | undefined, schema: z.ZodType<T>) => {
    try {
      return known && { known, value: read(path, known.body, schema) };
    } catch {
      return undefined;
    }
  };

  return async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const kept = readKept(path, await recall(path), schema);
    const { response, body } = await request(path, kept?.known);
    if (response.status === 304 && kept) return kept.value;
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw edgarFault(response, body);
    const value = read(path, body, schema);
    const etag = response.headers.get('etag');
    const lastModified = response.headers.get('last-modified');
    if (etag !== null || lastModified !== null) {
      await keep(path, { body, ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) });
    }
    return value;
  };
};
