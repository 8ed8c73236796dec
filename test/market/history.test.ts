import { describe, expect, it } from 'vitest';
import { basketQuote } from '../../src/market/basket.ts';
import { createHistories, mergeBars } from '../../src/market/history.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Quote } from '../../src/market/quote.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { closing, sessionAt } from '../slides/samples.ts';

const watchlist = loadWatchlist();
const seven = watchlist.symbols.get('MAG7')?.sumOf ?? [];

describe('histories', () => {
  it('multiply the shares on file by every split since they were counted', () => {
    const histories = createHistories(watchlist);
    const counted = watchlist.symbols.get('NVDA')?.shares?.count ?? 0;
    histories.set('NVDA', closing(100), [
      { session: '2021-07-20', numerator: 4, denominator: 1 },
      { session: '2024-06-10', numerator: 10, denominator: 1 },
    ]);
    expect(histories.shares('NVDA')).toBe(counted);
    histories.set('NVDA', closing(100), [
      { session: '2025-06-04', numerator: 10, denominator: 1 },
      { session: '2025-09-01', numerator: 1, denominator: 4 },
    ]);
    expect(histories.shares('NVDA')).toBe((counted * 10) / 4);
    expect(histories.shares('IXIC')).toBeUndefined();
  });

  it('make the bars of a sum of its parts, anew when one of them changes', () => {
    const histories = createHistories(watchlist);
    expect(histories.bars('MAG7')).toEqual([]);
    for (const symbol of seven) histories.set(symbol, closing(100, 100), []);
    const before = histories.bars('MAG7');
    expect(before).toHaveLength(2);
    histories.set('NVDA', closing(10, 10), [{ session: '2025-06-04', numerator: 10, denominator: 1 }]);
    expect(histories.bars('MAG7')).toEqual(before);
    histories.set('NVDA', closing(10), [{ session: '2025-06-04', numerator: 10, denominator: 1 }]);
    expect(histories.bars('MAG7')).toHaveLength(1);
  });

  it('lay fresh bars over old ones, session by session', () => {
    const [first, second, third] = closing(1, 2, 3);
    const corrected = closing(1, 5).slice(1);
    if (!first || !second || !third) throw new Error('three bars');
    expect(mergeBars([first, second], [third, ...corrected])).toEqual([first, ...corrected, third]);
  });
});

describe('the quote of a sum', () => {
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

  it('is the sum of price x shares, as new as the newest part and as late as the latest', () => {
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

  it.each([
    ['a part is missing', new Map([quote('NVDA', 100)])],
    ['a part is of another session', new Map([quote('NVDA', 100), quote('TSLA', 300, { session: sessionAt(1) })])],
  ])('is none where %s', (_name, quotes) => {
    expect(basketQuote('MAG7', parts, quotes)).toBeUndefined();
  });

  it('is none without parts', () => {
    expect(basketQuote('MAG7', [], new Map())).toBeUndefined();
  });
});
