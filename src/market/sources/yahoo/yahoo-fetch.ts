import { fetchText } from '../../../http/fetch-text.ts';
import { classifyResponse } from './classify-response.ts';
import { consequenceOf, YahooFailure, yahooFailures } from './failure.ts';

export interface YahooFetchOptions {
  /** An origin that replaces every Yahoo host. */
  readonly url: string | undefined;
  /** For one request, its body included. */
  readonly timeoutMs: number;
}

const isYahoo = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' && (hostname === 'yahoo.com' || hostname.endsWith('.yahoo.com'));

const addressOf = (target: URL, origin: string | undefined): URL => {
  if (origin === undefined) return target;
  const address = new URL(origin);
  address.pathname = target.pathname;
  address.search = target.search;
  return address;
};

/**
 * A `fetch` for one call of the client library. It talks to Yahoo's hosts only, ends in time, does not follow redirects,
 * and rejects with YahooFailure for answers that the library must not see.
 */
export const createYahooFetch =
  ({ url, timeoutMs }: YahooFetchOptions) =>
  (deadline: AbortSignal): typeof fetch =>
  async (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input);
    if (!isYahoo(target)) throw new YahooFailure('refused', 'Yahoo redirected us to a host that is not its own');
    const address = addressOf(target, url);

    const limits = { timeoutMs, signal: deadline };
    const { response, body } = await fetchText(address, { ...init }, limits).catch((cause: unknown) => {
      throw yahooFailures.unreached(address, cause, consequenceOf(target.pathname));
    });

    classifyResponse(target, response, body);
    const { status, headers } = response;
    return new Response(body === '' ? null : body, { status, headers });
  };
