import { describe, expect, it } from 'vitest';
import { createHistories, mergeBars } from '../../src/market/history.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { closing } from '../slides/samples.ts';

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

  it('compute the bars of a basket from its parts, and again when one of them changes', () => {
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

  it('merge fresh bars into old ones, session by session', () => {
    const [first, second, third] = closing(1, 2, 3);
    const corrected = closing(1, 5).slice(1);
    if (!first || !second || !third) throw new Error('three bars');
    expect(mergeBars([first, second], [third, ...corrected])).toEqual([first, ...corrected, third]);
  });
});
