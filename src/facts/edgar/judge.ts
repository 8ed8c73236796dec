import { EdgarError } from './edgar-error.ts';

/** Milliseconds from a Retry-After header in seconds or as a date; undefined where there is none. */
const retryAfterMs = (headers: Headers): number | undefined => {
  const told = headers.get('retry-after');
  if (told === null) return undefined;
  const ms = /^\d+$/.test(told.trim()) ? Number(told) * 1_000 : Date.parse(told) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

/**
 * What is wrong with an answer that is neither 200, 304 nor 404. The SEC throttles with 429 or with 403 and an HTML
 * page; another page with 403 says that it does not know who is asking, which it also sends to those it throttles.
 */
export const faultOf = ({ status, headers }: Response, body: string): EdgarError => {
  if (status === 403 && /undeclared automated tool/i.test(body)) {
    return new EdgarError(
      'throttled',
      'EDGAR takes us for an undeclared tool (HTTP 403); check that EDGAR_CONTACT names you and an address you read',
      { retryAfterMs: retryAfterMs(headers) },
    );
  }
  if (status === 403 || status === 429) {
    const message = `EDGAR is throttling us (HTTP ${status}); new figures wait`;
    return new EdgarError('throttled', message, { retryAfterMs: retryAfterMs(headers) });
  }
  if (status >= 500) {
    const message = `EDGAR has trouble of its own (HTTP ${status}); new figures wait`;
    return new EdgarError('unreachable', message, { retryAfterMs: retryAfterMs(headers) });
  }
  return new EdgarError(
    'refused',
    `EDGAR refuses the request (HTTP ${status}); check EDGAR_URL, or its service changed`,
  );
};
