import { isIP, isIPv4 } from 'node:net';

const WILDCARD_ADDRESSES: readonly string[] = ['0.0.0.0', '::'];

/** The host name in lower case without brackets and port; undefined if the header contains anything else. */
const hostnameOf = (header: string): string | undefined => {
  const url = URL.parse(`http://${header}`);
  if (url === null || url.href !== `http://${url.host}/`) return undefined;
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
};

/** Whether a host name or address is this machine's own and nobody else's. */
export const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIPv4(name) && name.startsWith('127.'));

/**
 * Checks whether a Host header names this board, against DNS rebinding: a site whose name resolves to this machine sends
 * that name. A board on a wildcard address accepts every IP address, as rebinding needs a name. `origin`: where a proxy
 * serves the board.
 */
export const ownHosts = (configured: string, origin?: string): ((header: string | undefined) => boolean) => {
  const proxied = origin === undefined ? undefined : new URL(origin).hostname;
  const own = hostnameOf(isIP(configured) === 6 ? `[${configured}]` : configured);
  const isWildcard = WILDCARD_ADDRESSES.includes(configured);
  return (header) => {
    const name = header === undefined ? undefined : hostnameOf(header);
    return (
      name !== undefined && (isLoopback(name) || name === own || name === proxied || (isWildcard && isIP(name) !== 0))
    );
  };
};
