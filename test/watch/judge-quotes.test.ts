import { expect, test } from 'vitest';
import { createHistories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { RawQuote } from '../../src/market/quote.ts';
import type { Source } from '../../src/market/source.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createHistorySchedule } from '../../src/watch/history-schedule.ts';
import { judgeQuotes } from '../../src/watch/judge-quotes.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import type { WatchState } from '../../src/watch/watch-state.ts';

const MINUTE = 60_000;
/** Tuesday, 12:00 in New York. */
const NOON = Date.parse('2025-06-03T16:00:00Z');

/** A symbol with a close of 100 on Monday, and its quote at noon on Tuesday. */
const noonOf = (symbol: string, price: number, previousClose: number, confirm?: Source['confirm']) => {
  const watchlist = loadWatchlist();
  const histories = createHistories(watchlist);
  const close = toMicros(100);
  histories.set(symbol, [{ session: '2025-06-02', open: close, high: close, low: close, close, volume: 0 }], []);
  const memory: WatchState = {
    ...{ histories, states: new Map(), symbolRules: new Map(), quotes: new Map(), memories: new Map() },
    waiting: new Map(),
  };
  const log = { debug: () => undefined, warn: () => undefined, error: () => undefined };
  const source = { name: 'test', ...(confirm && { confirm }) };
  const parts = { watchlist, calendar: loadCalendar(), source, log } as unknown as WatchParts;
  const schedule = createHistorySchedule(watchlist);
  const quote: RawQuote = {
    ...{ symbol, price: toMicros(price), previousClose: toMicros(previousClose), tradeTime: NOON - 1_000 },
    ...{ marketState: 'regular', delayMinutes: 0, source: 'test' },
  };
  const judgeAt = (now: number) =>
    judgeQuotes(
      ...([parts, memory, schedule] as const),
      [{ symbol, ticker: symbol, kind: 'stock' }],
      { quotes: [quote], refused: [] },
      now,
    );
  return { schedule, judgeAt };
};

test.each([
  ['that stays a percent off ours', 'NVDA', 99, 14, false],
  ['that stays a percent off ours', 'NVDA', 99, 15, true],
  ['of an index in another unit', 'IXIC', 80, 14, false],
  ['of an index in another unit', 'IXIC', 80, 15, true],
])('a previous close %s (%s) asks for a history every quarter of an hour', async (_name, symbol, close, ago, asks) => {
  const { schedule, judgeAt } = noonOf(symbol, close, close);
  schedule.checkedAt.set(symbol, NOON - ago * MINUTE);
  await judgeAt(NOON);
  expect(schedule.suspects.has(symbol)).toBe(asks);
});

test('a price that has jumped is asked of the second source at once, and again every two minutes', async () => {
  const asked: number[] = [];
  const { judgeAt } = noonOf('NVDA', 40, 100, async (_listed, now) => {
    asked.push(now - NOON);
    return { quotes: [], refused: [] };
  });
  for (const minutes of [0, 0.5, 1, 1.5, 2, 3, 4]) await judgeAt(NOON + minutes * MINUTE);
  expect(asked).toEqual([0, 2 * MINUTE, 4 * MINUTE]);
});
