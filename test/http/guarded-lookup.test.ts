import type { lookup as systemLookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/http/addresses.ts';
import { ForbiddenAddress, guardedLookup, refuseForbiddenHost } from '../../src/http/guarded-lookup.ts';

/** A name server that has these addresses for every name. */
const resolver = (addresses: readonly string[]): typeof systemLookup =>
  ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as never;

const look = (addresses: readonly string[], all: boolean) =>
  new Promise((resolve) => {
    const lookup = guardedLookup(isPublicAddress, resolver(addresses));
    lookup('hooks.example.com', { all }, (error, ...found) => resolve(error ?? found));
  });

describe('a look-up for a connection', () => {
  it('finds the addresses that are allowed, alone', async () => {
    expect(await look(['10.0.0.1', '8.8.8.8', '::1'], true)).toEqual([[{ address: '8.8.8.8', family: 4 }]]);
    expect(await look(['10.0.0.1', '2606:4700::1'], false)).toEqual(['2606:4700::1', 6]);
  });

  it('fails if none of them is allowed', async () => {
    for (const all of [true, false]) expect(await look(['127.0.0.1', '::1'], all)).toBeInstanceOf(ForbiddenAddress);
  });

  it('does not see an address in place of a name: that is refused before', () => {
    expect(() => refuseForbiddenHost(new URL('https://[::1]/'), isPublicAddress)).toThrow(ForbiddenAddress);
    // As a URL has it, whatever it was written as.
    expect(() => refuseForbiddenHost(new URL('https://0x7f.1/'), isPublicAddress)).toThrow(ForbiddenAddress);
    expect(() => refuseForbiddenHost(new URL('https://8.8.8.8/'), isPublicAddress)).not.toThrow();
    expect(() => refuseForbiddenHost(new URL('https://localhost/'), isPublicAddress)).not.toThrow();
  });
});
