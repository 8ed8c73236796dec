import { expect, test } from 'vitest';
import { createHistories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { RawQuote } from '../../src/market/quote.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createHistorySchedule } from '../../src/watch/history-schedule.ts';
import { judgeQuotes } from '../../src/watch/judge-quotes.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import type { WatchState } from '../../src/watch/watch-state.ts';

const MINUTE = 60_000;
/** Tuesday, 12:00 in New York. */
const NOON = Date.parse('2025-06-03T16:00:00Z');

test.each([
  ['that stays a percent off ours', 'NVDA', 99, 14, false],
  ['that stays a percent off ours', 'NVDA', 99, 15, true],
  ['of an index in another unit', 'IXIC', 80, 14, false],
  ['of an index in another unit', 'IXIC', 80, 15, true],
])('a previous close %s (%s) asks for a history every quarter of an hour', async (_name, symbol, close, ago, asks) => {
  const watchlist = loadWatchlist();
  const histories = createHistories(watchlist);
  const price = toMicros(100);
  histories.set(symbol, [{ session: '2025-06-02', open: price, high: price, low: price, close: price, volume: 0 }], []);
  const memory: WatchState = {
    ...{ histories, states: new Map(), symbolRules: new Map(), quotes: new Map(), memories: new Map() },
    waiting: new Map(),
  };
  const log = { debug: () => undefined, warn: () => undefined, error: () => undefined };
  const parts = { watchlist, calendar: loadCalendar(), source: { name: 'test' }, log } as unknown as WatchParts;
  const schedule = createHistorySchedule(watchlist);
  schedule.checkedAt.set(symbol, NOON - ago * MINUTE);
  const quote: RawQuote = {
    ...{ symbol, price: toMicros(close), previousClose: toMicros(close), tradeTime: NOON - 1_000 },
    ...{ marketState: 'regular', delayMinutes: 0, source: 'test' },
  };
  await judgeQuotes(parts, memory, schedule, [], { quotes: [quote], refused: [] }, NOON);
  expect(schedule.suspects.has(symbol)).toBe(asks);
});
