import { isIP, isIPv4 } from 'node:net';

const EVERY_ADDRESS: readonly string[] = ['0.0.0.0', '::'];

/** Without brackets and in lower case; undefined for what is not just a host and perhaps a port. */
const hostnameOf = (header: string): string | undefined => {
  const url = URL.parse(`http://${header}`);
  if (url === null || url.href !== `http://${url.host}/`) return undefined;
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
};

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIPv4(name) && name.startsWith('127.'));

/**
 * Whether a Host header names this board. Another site that lets its own name point here (DNS rebinding) sends that
 * name, and is refused. A board that listens on every address takes each address: rebinding needs a name.
 */
export const ownHosts = (configured: string): ((header: string | undefined) => boolean) => {
  const own = hostnameOf(isIP(configured) === 6 ? `[${configured}]` : configured);
  const everywhere = EVERY_ADDRESS.includes(configured);
  return (header) => {
    const name = header === undefined ? undefined : hostnameOf(header);
    return name !== undefined && (isLoopback(name) || name === own || (everywhere && isIP(name) !== 0));
  };
};
