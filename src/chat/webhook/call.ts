import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ForbiddenAddress, guardedLookup, refuseForbiddenHost } from '../../http/guarded-lookup.ts';
import { retryAfterMs } from '../../http/host-failures.ts';
import { networkCause } from '../../http/network-cause.ts';
import { type Endpoint, isAllowedFor } from './endpoint.ts';

/** Of an answer's body, which says nothing to the bot: so that a receiver can finish, and an endless one is cut. */
const MAX_BODY_BYTES = 64 * 1024;

/** What came of a call. Only after `answered` and `lost` may the receiver have the event. */
export type CallResult =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  /** Nothing was sent: no connection, or no trust in the other side. */
  | { readonly kind: 'unreached'; readonly cause: string }
  /** The connection is to an address that the endpoint may not have. */
  | { readonly kind: 'forbidden' }
  /** Sent, at least in part, without an answer. */
  | { readonly kind: 'lost'; readonly cause: string };

interface Call {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From the look-up to the head of the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Posts a body, once: redirects are an answer like any other. What is not sent to an allowed address is not sent. Never rejects, and
 * no cause contains the URL.
 */
export const call = (endpoint: Pick<Endpoint, 'url' | 'private'>, given: Call): Promise<CallResult> =>
  new Promise((resolve) => {
    const { url } = endpoint;
    const isAllowed = isAllowedFor(endpoint);
    const isSecure = url.protocol === 'https:';
    let connected = false;
    const failed = (error: unknown): void => {
      if (error instanceof ForbiddenAddress) resolve({ kind: 'forbidden' });
      else resolve({ kind: connected ? 'lost' : 'unreached', cause: networkCause(error) });
    };
    try {
      refuseForbiddenHost(url, isAllowed);
      const signal = AbortSignal.any([given.signal, AbortSignal.timeout(given.timeoutMs)]);
      const request = (isSecure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        headers: { ...given.headers, 'content-length': String(Buffer.byteLength(given.body)) },
        // A connection of its own: nothing of an earlier answer is in it.
        agent: false,
        lookup: guardedLookup(isAllowed),
        signal,
      });
      request.on('socket', (socket) =>
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          connected = true;
        }),
      );
      request.on('error', failed);
      request.on('response', (response) => {
        const { statusCode: status = 0, headers } = response;
        const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : null);
        const afterMs = retryAfterMs({ get: (name) => text(headers[name]) });
        resolve({ kind: 'answered', status, ...(afterMs !== undefined && { retryAfterMs: afterMs }) });
        let bytes = 0;
        response.on('error', () => undefined);
        response.on('data', (piece: Uint8Array) => {
          bytes += piece.byteLength;
          if (bytes > MAX_BODY_BYTES) request.destroy();
        });
      });
      request.end(given.body);
    } catch (error) {
      failed(error);
    }
  });
