import { SourceError, type SourceFault } from '../../source.ts';

export const YAHOO = 'Yahoo';

/**
 * What the caller should do beyond reporting the fault:
 * `renew`: cookies and crumb are no longer taken; get new ones and ask once more.
 * `forget`: what came instead of a crumb is none; drop it, and do not ask again at once.
 * `no-data`: the symbol exists and the period asked for is empty.
 */
export type Cue = 'renew' | 'forget' | 'no-data';

interface Details {
  readonly cue?: Cue;
  /** How long Yahoo told us to stay away. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A SourceError that still knows what the HTTP answer asked for. Messages never hold a crumb, a cookie or a body. */
export class YahooFailure extends SourceError {
  readonly cue: Cue | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(fault: SourceFault, message: string, details: Details = {}) {
    super(YAHOO, fault, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.cue = details.cue;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export const sessionRefused = (): YahooFailure =>
  new YahooFailure('refused', 'Yahoo rejected our session (HTTP 401); there is nothing to do but wait', {
    cue: 'renew',
  });

export const consentWanted = (): YahooFailure =>
  new YahooFailure(
    'refused',
    'Yahoo asks for cookie consent and did not accept ours, as it does in Europe; run the bot from another region or point YAHOO_URL at a proxy',
  );

/**
 * Names anything the client library rejected with. Its own messages quote answers and addresses (and so, possibly,
 * the crumb), which is why none of them is passed on, not even as a cause.
 */
export const asYahooFailure = (error: unknown): YahooFailure => {
  if (error instanceof YahooFailure) return error;
  const message = error instanceof Error ? error.message : '';
  if (/invalid (crumb|cookie)/i.test(message)) return sessionRefused();
  if (/consent|unexpected redirect/i.test(message)) return consentWanted();
  if (/^No set-cookie header/.test(message)) {
    return new YahooFailure('refused', 'Yahoo set no session cookie, so it will not answer requests');
  }
  return new YahooFailure('unreadable', "Yahoo's response could not be read; its API may have changed");
};
