import { createHostFailures, retryAfterMs } from '../../../http/host-failures.ts';
import { SourceError } from '../../source.ts';

export const FINNHUB = 'Finnhub';

/** Milliseconds until the quota resets. X-Ratelimit-Reset is in epoch seconds by the server's own clock. */
const quotaResetMs = (headers: Headers): number | undefined => {
  const ms = Number(headers.get('x-ratelimit-reset') ?? '') * 1000 - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
};

export const finnhubFailures = createHostFailures({
  name: FINNHUB,
  create: (...failure) => new SourceError(FINNHUB, ...failure),
  remedies: {
    network: 'check the network or FINNHUB_URL',
    unreachable: 'the fault is on its side: wait',
    throttled: 'wait a minute; other programs with the same key count, too',
    unreadable: 'look for a newer version of Slidewatch',
  },
  stayAwayMs: (headers, fault) =>
    fault === 'throttled' ? (retryAfterMs(headers) ?? quotaResetMs(headers)) : undefined,
});

/**
 * The error of an answer that is not 200. Undefined if the key has no access to this one symbol, which Finnhub says
 * with 403, and formerly with 401.
 */
export const failureOf = (response: Response, body: string): SourceError | undefined => {
  const { status } = response;
  const failure = finnhubFailures.ofStatus(response);
  if (failure) return failure;
  if (status !== 401 && status !== 403) return finnhubFailures.refused(status, 'check FINNHUB_URL');
  if (/access to this resource/i.test(body)) return undefined;
  return new SourceError(FINNHUB, 'refused', `Finnhub rejected FINNHUB_TOKEN (HTTP ${status}); check it`);
};
