import { describe, expect, test } from 'vitest';
import { createHistories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { RawQuote } from '../../src/market/quote.ts';
import { type Source, SourceError } from '../../src/market/source.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createHistorySchedule } from '../../src/watch/history-schedule.ts';
import { judgeQuotes } from '../../src/watch/judge-quotes.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import type { WatchState } from '../../src/watch/watch-state.ts';

const MINUTE = 60_000;
/** Tuesday, 12:00 in New York. */
const NOON = Date.parse('2025-06-03T16:00:00Z');

/** A symbol with a close of 100 on Monday, or on `session`, and its quote at noon on Tuesday. */
const noonOf = (
  symbol: string,
  price: number,
  previousClose: number,
  confirm?: Source['confirm'],
  quotes: Source['quotes'] = async () => ({ quotes: [], refused: [] }),
  session = '2025-06-02',
) => {
  const watchlist = loadWatchlist();
  const histories = createHistories(watchlist);
  const close = toMicros(100);
  histories.set(symbol, [{ session, open: close, high: close, low: close, close, volume: 0 }], []);
  const memory: WatchState = {
    ...{ histories, states: new Map(), symbolRules: new Map(), quotes: new Map(), memories: new Map() },
    waiting: new Map(),
  };
  const warned: object[] = [];
  const log = { debug: () => undefined, warn: (line: object) => void warned.push(line), error: () => undefined };
  const source = { name: 'test', quotes, ...(confirm && { confirm }) };
  const parts = { watchlist, calendar: loadCalendar(), source, log } as unknown as WatchParts;
  const schedule = createHistorySchedule(watchlist);
  const quote: RawQuote = {
    ...{ symbol, price: toMicros(price), previousClose: toMicros(previousClose), tradeTime: NOON - 1_000 },
    ...{ marketState: 'regular', delayMinutes: 0, source: 'test' },
  };
  const judgeAt = (now: number) =>
    judgeQuotes(
      ...([parts, memory, schedule] as const),
      [{ symbol, ticker: symbol, kind: watchlist.symbols.get(symbol)?.kind ?? 'stock' }],
      { quotes: [quote], refused: [] },
      now,
    );
  return { schedule, judgeAt, warned };
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

test.each([
  ['that is our last one, of the session before the last', '2025-05-30', 100, ['2025-06-02']],
  ['that is our last one', '2025-06-02', 100, []],
  ['of a session that we lack', '2025-05-30', 101, []],
])(
  'a previous close %s says whether the exchange was closed on a day that the calendar has',
  async (_name, session, previousClose, closed) => {
    const { judgeAt, warned } = noonOf('NVDA', 100, previousClose, undefined, undefined, session);
    await judgeAt(NOON);
    await judgeAt(NOON + MINUTE);
    expect(warned).toEqual(
      closed.map((day) => ({ symbol: 'NVDA', session: day, remedy: expect.stringContaining('config/calendar.yaml') })),
    );
  },
);

test('a price that has jumped is asked of the second source at once, and again every two minutes', async () => {
  const asked: number[] = [];
  const { judgeAt } = noonOf('NVDA', 40, 100, async (_listed, now) => {
    asked.push(now - NOON);
    return { quotes: [], refused: [] };
  });
  for (const minutes of [0, 0.5, 1, 1.5, 2, 3, 4]) await judgeAt(NOON + minutes * MINUTE);
  expect(asked).toEqual([0, 2 * MINUTE, 4 * MINUTE]);
});

describe('an index that has jumped', () => {
  const fund = (price: number): RawQuote => ({
    ...{ symbol: 'QQQ', price: toMicros(price), previousClose: toMicros(50), tradeTime: NOON - 1_000 },
    ...{ marketState: 'regular', delayMinutes: 0, source: 'test' },
  });
  const answer = (price: number) => ({ quotes: [fund(price)], refused: [] });

  test('asks for its fund every two minutes, of another source first, and the fund is nowhere else', async () => {
    const asked: string[] = [];
    const { judgeAt } = noonOf(
      ...(['IXIC', 60, 100] as const),
      async (listed) => {
        asked.push(`backup ${listed.map(({ symbol }) => symbol)}`);
        return { quotes: [], refused: [] };
      },
      async (listed) => {
        asked.push(`first ${listed.map(({ symbol }) => symbol)}`);
        return answer(45);
      },
    );
    const judged = [];
    for (const minutes of [0, 1, 2]) judged.push(await judgeAt(NOON + minutes * MINUTE));
    expect(asked.filter((line) => line.endsWith('QQQ'))).toEqual([
      'backup QQQ',
      'first QQQ',
      'backup QQQ',
      'first QQQ',
    ]);
    for (const { usable, refused, memories } of judged) {
      expect([...usable]).toEqual([]);
      expect([...refused]).toEqual([['IXIC', 'jump waits']]);
      expect([...memories.keys()]).toEqual(['IXIC']);
    }
  });

  test('is believed at once with its fund', async () => {
    const { judgeAt } = noonOf('IXIC', 60, 100, undefined, async () => answer(30.4));
    expect([...(await judgeAt(NOON)).usable.keys()]).toEqual(['IXIC']);
  });

  test('is judged by itself if nobody has its fund, or the source fails', async () => {
    const { judgeAt } = noonOf('IXIC', 60, 100, undefined, async () => {
      throw new SourceError('test', 'unreachable', 'down');
    });
    expect([...(await judgeAt(NOON)).refused]).toEqual([['IXIC', 'jump waits']]);
  });
});
