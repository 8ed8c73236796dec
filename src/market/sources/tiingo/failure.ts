import { createHostFailures, retryAfterMs } from '../../../http/host-failures.ts';
import { SourceError } from '../../source.ts';

export const TIINGO = 'Tiingo';

const HOW_MUCH =
  'wait for the next hour; a free key may ask 50 times an hour, 1,000 times a day, for 500 symbols a month';

export const tiingoFailures = createHostFailures({
  name: TIINGO,
  create: (...failure) => new SourceError(TIINGO, ...failure),
  remedies: {
    network: 'check the network or TIINGO_URL',
    unreachable: 'the fault is on its side: wait',
    throttled: HOW_MUCH,
    unreadable: 'look for a newer version of Slidewatch',
  },
  stayAwayMs: (headers, fault) => (fault === 'throttled' ? retryAfterMs(headers) : undefined),
});

/** Our own count of requests says that the hour's are used up. */
export const hourUsedUp = (): SourceError =>
  new SourceError(TIINGO, 'throttled', "Tiingo's requests of this hour are used up", { remedy: HOW_MUCH });

/**
 * The text of a refusal, in any form that Tiingo gives it: `{"detail":"Error: You have run over ..."}`, or the sentence
 * alone. Undefined for anything else.
 */
const detailOf = (body: string): string | undefined => {
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read === 'string') return read;
    return typeof read === 'object' && read !== null && 'detail' in read ? String(read.detail) : undefined;
  } catch {
    return body.trimStart().startsWith('<') ? undefined : body;
  }
};

/** "You have run over your hourly request allocation", "... over your 500 symbol look up for this month". */
const isOverLimit = (detail: string): boolean => /run over|exceeded|allocation/i.test(detail);

/** The error that an answer is; undefined for prices. Tiingo says a limit with 429, and has said it with 200. */
export const refusalOf = (response: Response, body: string, ticker?: string): SourceError | undefined => {
  const { status } = response;
  const failure = tiingoFailures.ofStatus(response);
  if (failure) return failure;
  const detail = detailOf(body);
  if (detail !== undefined && isOverLimit(detail))
    return new SourceError(TIINGO, 'throttled', 'Tiingo is rate limiting us', {
      retryAfterMs: retryAfterMs(response.headers),
      remedy: HOW_MUCH,
    });
  if (status === 200) return undefined;
  if (status === 401 || status === 403)
    return new SourceError(
      TIINGO,
      'refused',
      `Tiingo rejected TIINGO_TOKEN (HTTP ${status}); copy it anew from tiingo.com/account/api/token`,
    );
  if (ticker !== undefined && detail !== undefined && /not found/i.test(detail))
    return new SourceError(TIINGO, 'unknown-symbol', `Tiingo has no symbol '${ticker}'`);
  return tiingoFailures.refused(status, 'check TIINGO_URL');
};
