import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { basketBars, basketPrice } from '../../src/market/basket.ts';
import { fromMicros, toMicros } from '../../src/market/money.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { summer } from '../slides/samples.ts';

const bar = (session: string, close: number): Bar => ({ session, open: 1, high: 1, low: 1, close, volume: 9 });

test('a basket is the sum of price x shares, in billions of dollars', () => {
  expect(basketPrice([{ price: toMicros(100), shares: 15_000_000_000 }])).toBe(toMicros(1_500));
  expect(
    basketPrice([
      { price: toMicros(209.27), shares: 15_204_000_000 },
      { price: toMicros(100.45), shares: 24_600_000_000 },
    ]),
  ).toBe(toMicros(209.27 * 15.204 + 100.45 * 24.6));
});

test('the sum is exact and rounded once, half up', () => {
  const part = fc.record({
    price: fc.integer({ min: 1, max: 10_000_000_000 }),
    shares: fc.integer({ min: 1, max: 30_000_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), (parts) => {
      const billion = 1_000_000_000n;
      const sum = parts.reduce((total, { price, shares }) => total + BigInt(price) * BigInt(shares), 0n);
      const twiceOff = 2n * (BigInt(basketPrice(parts)) * billion - sum);
      expect(twiceOff > -billion && twiceOff <= billion).toBe(true);
    }),
  );
  expect(basketPrice([{ price: 1, shares: 500_000_000 }])).toBe(1);
  expect(basketPrice([{ price: 1, shares: 499_999_999 }])).toBe(0);
});

test('a basket has the sessions that every part has', () => {
  const parts = [
    { symbol: 'A', shares: 1_000_000_000 },
    { symbol: 'B', shares: 2_000_000_000 },
  ];
  const bars = new Map([
    ['A', [bar('2024-01-02', 10), bar('2024-01-03', 20), bar('2024-01-05', 30)]],
    ['B', [bar('2024-01-03', 5), bar('2024-01-04', 6), bar('2024-01-05', 7)]],
  ]);
  expect(basketBars(parts, bars).map(({ session, close }) => [session, close])).toEqual([
    ['2024-01-03', 30],
    ['2024-01-05', 44],
  ]);
});

test('without one of its parts a basket has no bars', () => {
  const parts = [
    { symbol: 'A', shares: 1 },
    { symbol: 'B', shares: 1 },
  ];
  expect(basketBars(parts, new Map([['A', [bar('2024-01-02', 10)]]]))).toEqual([]);
  expect(basketBars(parts, new Map([['B', [bar('2024-01-02', 10)]]]))).toEqual([]);
  expect(basketBars([], new Map())).toEqual([]);
});

test('the Magnificent Seven of the filings were worth 16,972 billion dollars on 10 July 2024', () => {
  const { symbols } = loadWatchlist();
  const parts = (symbols.get('MAG7')?.sumOf ?? []).map((symbol) => {
    return { symbol, shares: symbols.get(symbol)?.shares?.count ?? 0 };
  });
  const bars = basketBars(parts, new Map(parts.map(({ symbol }) => [symbol, summer(symbol)])));
  expect(bars).toHaveLength(689);
  const peak = bars.find(({ session }) => session === '2024-07-10');
  expect(fromMicros(peak?.close ?? 0)).toBeCloseTo(16_972.4, 1);
  expect(peak?.open).toBe(peak?.close);
});
