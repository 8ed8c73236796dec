import { expect, test } from 'vitest';
import { dayAlerts } from '../../src/digest/day-alerts.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { drawdown } from '../cards/stories.ts';

test('of one symbol’s levels of a window that a session has fired, the deepest is told, in whatever order they fired', () => {
  const peak = { price: 100, session: '2024-07-10', sessions: 14 };
  const close = { symbol: 'NVDA', session: '2024-07-30', close: 69, previous: 91, peak } as const;
  const fired = [drawdown(close, 252, 10), drawdown(close, 252, 20)];
  for (const alerts of [fired, fired.toReversed()])
    expect(dayAlerts(loadWatchlist(), ['NVDA'], '2024-07-30', alerts).map(({ level }) => level)).toEqual([2_000]);
});
