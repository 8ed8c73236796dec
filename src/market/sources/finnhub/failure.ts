import { networkCause } from '../../../http/network-cause.ts';
import { retryAfterMs } from '../../../http/retry-after.ts';
import { SourceError, type SourceFault } from '../../source.ts';

export const FINNHUB = 'Finnhub';

interface Details {
  /** How long Finnhub told us to stay away. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A SourceError that still knows how long to stay away. Messages never hold the token or a body. */
export class FinnhubFailure extends SourceError {
  readonly retryAfterMs: number | undefined;

  constructor(fault: SourceFault, message: string, details: Details = {}) {
    super(FINNHUB, fault, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.retryAfterMs = details.retryAfterMs;
  }
}

export const notReached = (host: string, cause: unknown): FinnhubFailure =>
  new FinnhubFailure('unreachable', `Finnhub cannot be reached at ${host} (${networkCause(cause)})`, { cause });

export const unreadable = (): FinnhubFailure =>
  new FinnhubFailure('unreadable', "Finnhub's response could not be read; its API may have changed");

/** Until the minute's quota is whole again: X-Ratelimit-Reset is in epoch seconds, by the server's own clock. */
const resetMs = (headers: Headers): number | undefined => {
  const ms = Number(headers.get('x-ratelimit-reset') ?? '') * 1000 - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
};

/**
 * What is wrong with an answer that is not 200; undefined where only this symbol is none that the key may ask for,
 * which Finnhub says with 403, and in former years with 401.
 */
export const finnhubFault = ({ status, headers }: Response, body: string): FinnhubFailure | undefined => {
  if (status === 429) {
    return new FinnhubFailure('throttled', 'Finnhub is rate limiting us (HTTP 429)', {
      retryAfterMs: retryAfterMs(headers) ?? resetMs(headers),
    });
  }
  if (status >= 500) return new FinnhubFailure('unreachable', `Finnhub is having problems (HTTP ${status})`);
  if ((status === 401 || status === 403) && /access to this resource/i.test(body)) return undefined;
  if (status === 401 || status === 403) {
    return new FinnhubFailure('refused', `Finnhub rejected FINNHUB_TOKEN (HTTP ${status}); check it`);
  }
  return new FinnhubFailure('refused', `Finnhub rejected the request (HTTP ${status}); check FINNHUB_URL`);
};
