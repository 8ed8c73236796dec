import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { basketBars, basketPrice, basketQuote } from '../../src/market/basket.ts';
import { fromMicros, toMicros } from '../../src/market/money.ts';
import type { Quote } from '../../src/market/quote.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { sessionAt, summer } from '../slides/samples.ts';

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

test('the sum is exact, and rounded half up once', () => {
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

test('a basket without the bars of one part has no bars', () => {
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

describe('the quote of a basket', () => {
  const session = sessionAt(0);
  const quote = (symbol: string, price: number, more: Partial<Quote> = {}): [string, Quote] => [
    symbol,
    {
      symbol,
      price: toMicros(price),
      tradeTime: 1_000,
      session,
      marketState: 'regular',
      delayMinutes: 0,
      source: 'test',
      ...more,
    },
  ];
  const parts = [
    { symbol: 'NVDA', shares: 24_000_000_000 },
    { symbol: 'TSLA', shares: 3_000_000_000 },
  ];

  test('is the sum of price x shares, with the newest trade time and the longest delay of its parts', () => {
    const quotes = new Map([quote('NVDA', 100), quote('TSLA', 300, { tradeTime: 2_000, delayMinutes: 15 })]);
    expect(basketQuote('MAG7', parts, quotes)).toEqual({
      symbol: 'MAG7',
      price: toMicros(3_300),
      tradeTime: 2_000,
      session,
      marketState: 'regular',
      delayMinutes: 15,
      source: 'test',
    });
  });

  test.each([
    ['a part is missing', new Map([quote('NVDA', 100)])],
    ['a part is of another session', new Map([quote('NVDA', 100), quote('TSLA', 300, { session: sessionAt(1) })])],
  ])('is undefined if %s', (_name, quotes) => {
    expect(basketQuote('MAG7', parts, quotes)).toBeUndefined();
  });

  test('is undefined without parts', () => {
    expect(basketQuote('MAG7', [], new Map())).toBeUndefined();
  });
});
