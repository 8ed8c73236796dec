import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/** The addresses of a host were looked up, and a connection may be made to none of them. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * Looks up a host for a connection and leaves out the addresses that are not allowed. It is asked for every connection, so a
 * name that has another address the next time gains nothing.
 */
export const guardedLookup =
  (isAllowed: (address: string) => boolean, lookup: typeof systemLookup = systemLookup): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const allowed = found.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) return done(new ForbiddenAddress('no address of the host is allowed'), '');
      if (options.all) return done(null, allowed);
      done(null, first.address, first.family);
    });
  };

/** A host that is an address itself is not looked up. @throws ForbiddenAddress */
export const refuseForbiddenHost = ({ hostname }: URL, isAllowed: (address: string) => boolean): void => {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !isAllowed(address)) throw new ForbiddenAddress('the address is not allowed');
};
