import { fetchText } from '../../../http/fetch-text.ts';
import { networkCause } from '../../../http/network-cause.ts';
import { classifyResponse } from './classify-response.ts';
import { YahooFailure } from './failure.ts';
import { whatFollows } from './what-follows.ts';

export interface YahooFetchOptions {
  /** An origin that stands in for every Yahoo host. */
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
 * A `fetch` for the client library, for the length of one call: it talks to Yahoo and to nobody else, always ends,
 * follows no redirect by itself, and rejects with YahooFailure where an answer is not one to go on with.
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
      const trouble = `Yahoo cannot be reached at ${address.host} (${networkCause(cause)})`;
      const message = `${trouble}; ${whatFollows(target.pathname)}`;
      throw new YahooFailure('unreachable', message, { cause });
    });

    classifyResponse(target, response, body);
    const { status, headers } = response;
    return new Response(body === '' ? null : body, { status, headers });
  };
