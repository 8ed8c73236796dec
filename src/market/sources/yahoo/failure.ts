import type { z } from 'zod';
import type { HostErrorDetails } from '../../../http/host-error.ts';
import { createHostFailures } from '../../../http/host-failures.ts';
import { SourceError, type SourceFault } from '../../source.ts';

export const YAHOO = 'Yahoo';

/**
 * What the caller has to do besides reporting the failure.
 * `renew`: cookies and crumb have expired; get new ones and repeat the request once.
 * `forget`: the crumb is junk; drop it and do not repeat the request at once.
 * `no-data`: the symbol exists, but has no bars in the period.
 */
export type Cue = 'renew' | 'forget' | 'no-data';

interface Details extends HostErrorDetails {
  readonly cue?: Cue;
}

/** A SourceError with what the answer asks the caller to do. Messages never hold a crumb, a cookie or a body. */
export class YahooFailure extends SourceError {
  readonly cue: Cue | undefined;

  constructor(fault: SourceFault, message: string, { cue, ...details }: Details = {}) {
    super(YAHOO, fault, message, details);
    this.cue = cue;
  }
}

const NEWER = 'look for a newer version of yahoo-finance2';

/** For answers by which Yahoo refuses this address or this way of asking. The network is in order. */
export const REFUSED = `it refuses this address or this version: wait, ${NEWER}, or ask from another address`;

export const yahooFailures = createHostFailures({
  name: YAHOO,
  create: (...failure) => new YahooFailure(...failure),
  // Yahoo's edge has long answered 999 to clients that it finds too busy.
  throttlingStatuses: [429, 999],
  remedies: {
    network: 'check the network or YAHOO_URL',
    unreachable: 'the fault is on its side: wait',
    throttled: REFUSED,
    refused: REFUSED,
    unreadable: NEWER,
  },
});

/** Path of the quarterly figures, followed by the ticker. */
export const FUNDAMENTALS_PATH = '/ws/fundamentals-timeseries/v1/finance/timeseries/';

/** What a failed request for this path means for the reader. */
export const consequenceOf = (path: string): string =>
  path.startsWith(FUNDAMENTALS_PATH) ? 'figures are not checked' : 'prices are delayed';

export const sessionRefused = (): YahooFailure =>
  new YahooFailure('refused', 'Yahoo rejected our session (HTTP 401)', { cue: 'renew', remedy: REFUSED });

export const consentWanted = (): YahooFailure =>
  new YahooFailure(
    'refused',
    'Yahoo asks for cookie consent and did not accept ours, as it does in Europe; run the bot from another region or point YAHOO_URL at a proxy',
    { remedy: NEWER },
  );

/** An answer whose shape is unknown. `what` names it: "bars for AAPL". */
export const unreadable = (what: string, where: string | undefined): YahooFailure =>
  new YahooFailure('unreadable', `Yahoo's ${what} could not be read (at ${where}); its API may have changed`, {
    remedy: NEWER,
  });

/** Reads an answer by a schema, or throws YahooFailure. `what` names the answer: "bars for AAPL". */
export const readAnswer = <T>(schema: z.ZodType<T>, answer: unknown, what: string): T => {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw unreadable(what, read.error.issues[0]?.path.join('.'));
};

/**
 * Turns anything the client library rejects with into a YahooFailure. The library's own messages quote answers and
 * addresses, possibly with the crumb, so none of them is passed on, not even as a cause.
 */
export const asYahooFailure = (error: unknown): YahooFailure => {
  if (error instanceof YahooFailure) return error;
  const message = error instanceof Error ? error.message : '';
  if (/invalid (crumb|cookie)/i.test(message)) return sessionRefused();
  if (/consent|unexpected redirect/i.test(message)) return consentWanted();
  if (/^No set-cookie header/.test(message)) {
    return new YahooFailure('refused', 'Yahoo set no session cookie, so it will not answer requests', {
      remedy: REFUSED,
    });
  }
  return yahooFailures.unreadable();
};
