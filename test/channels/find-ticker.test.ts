import { expect, test } from 'vitest';
import { findTicker } from '../../src/channels/find-ticker.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import type { Source } from '../../src/market/source.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';

const AMD = { ticker: 'AMD', name: 'AMD', kind: 'stock', currency: 'USD', timeZone: 'America/New_York' } as const;

/** What is found if the source knows the ticker as AMD, but for `other`. */
const found = (other: object) => {
  const source = { name: 'Yahoo', find: async () => ({ ...AMD, ...other }) } as unknown as Source;
  return findTicker(source, createMutableWatchlist(loadWatchlist()), 'amd', 0);
};

test('a ticker of the exchange in US dollars can be watched', async () => {
  expect(await found({})).toEqual({ symbol: 'AMD', name: 'AMD', kind: 'stock', ticker: 'AMD', source: 'yahoo' });
});

test.each([{ timeZone: 'Europe/London' }, { currency: 'GBP' }, { kind: 'other' }])(
  'one with %o trades elsewhere',
  async (other) => {
    expect(await found(other)).toBe('elsewhere');
  },
);
