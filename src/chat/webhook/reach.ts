import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { ForbiddenAddress, guardedLookup, refuseForbiddenHost } from '../../http/guarded-lookup.ts';
import { networkCause } from '../../http/network-cause.ts';
import { type Endpoint, isAllowedFor } from './endpoint.ts';

const FORBIDDEN = 'its host has no address that may be called (private: true allows those of private networks)';

/** Connects to an endpoint's host, sends nothing, and returns what is wrong, without the URL; undefined: nothing. Never rejects. */
export const reach = (
  endpoint: Pick<Endpoint, 'url' | 'private'>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<string | undefined> =>
  new Promise((resolve) => {
    const { url } = endpoint;
    const isAllowed = isAllowedFor(endpoint);
    const isSecure = url.protocol === 'https:';
    const failed = (error: unknown): void =>
      resolve(error instanceof ForbiddenAddress ? FORBIDDEN : `its host cannot be reached (${networkCause(error)})`);
    try {
      refuseForbiddenHost(url, isAllowed);
      const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
      const port = Number(url.port || (isSecure ? 443 : 80));
      const to = { host, port, lookup: guardedLookup(isAllowed) };
      const reached = (): void => {
        resolve(undefined);
        socket.destroy();
      };
      const socket = isSecure
        ? connectSecurely({ ...to, ...(isIP(host) === 0 && { servername: host }) }, reached)
        : connectPlain(to, reached);
      socket.on('error', failed);
      const end = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      end.addEventListener('abort', () => {
        failed(end.reason);
        socket.destroy();
      });
    } catch (error) {
      failed(error);
    }
  });
