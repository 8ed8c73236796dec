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
