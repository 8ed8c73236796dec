import { expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { dayLevelOf } from '../../src/outbox/plan-stories.ts';

test('from the shallowest of the watchlist’s levels for its kind of symbol, a day may be the worst since', () => {
  const rules = { stock: { drawdown: [], day: [1_500, 700] }, index: { drawdown: [], day: [400, 250] } };
  const watchlist = { ...loadWatchlist(), rules };
  expect(['NVDA', 'IXIC', 'GONE'].map((symbol) => dayLevelOf(watchlist, symbol))).toEqual([700, 250, 700]);
});
