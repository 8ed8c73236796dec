import { retryAfterMs } from '../../http/retry-after.ts';
import { EdgarError } from './edgar-error.ts';

/**
 * What is wrong with an answer that is neither 200, 304 nor 404. The SEC throttles with 429 or with 403 and an HTML
 * page; another page with 403 says that it does not know who is asking, which it also sends to those it throttles.
 */
export const edgarFault = ({ status, headers }: Response, body: string): EdgarError => {
  if (status === 403 && /undeclared automated tool/i.test(body)) {
    return new EdgarError(
      'throttled',
      'EDGAR rejected the contact (HTTP 403); check that EDGAR_CONTACT is your name and a working e-mail address',
      { retryAfterMs: retryAfterMs(headers) },
    );
  }
  if (status === 403 || status === 429) {
    const message = `EDGAR is rate limiting us (HTTP ${status}); new figures are delayed`;
    return new EdgarError('throttled', message, { retryAfterMs: retryAfterMs(headers) });
  }
  if (status >= 500) {
    const message = `EDGAR is having problems (HTTP ${status}); new figures are delayed`;
    return new EdgarError('unreachable', message, { retryAfterMs: retryAfterMs(headers) });
  }
  return new EdgarError(
    'refused',
    `EDGAR rejected the request (HTTP ${status}); check EDGAR_URL, or its API may have changed`,
  );
};
