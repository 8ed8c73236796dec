import { expect, test } from 'vitest';
import { createHistories } from '../../src/market/history.ts';
import type { Waiting } from '../../src/market/judge-history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { PriceMemory } from '../../src/market/price-memory.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { openTooLong } from '../../src/watch/open-too-long.ts';
import type { WatchState } from '../../src/watch/watch-state.ts';
import { quoteOf } from '../commands/market-context.ts';

const MINUTE = 60_000;
const watchlist = loadWatchlist();
const calendar = loadCalendar();
const [MON, TUE] = ['2025-06-02', '2025-06-03'] as const;
/** Tuesday in New York. */
const at = (time: string) => Date.parse(`${TUE}T${time}-04:00`);
const NOON = at('12:00');

/** `seenAt`: when the last usable quote came; 0 for none. */
const openAt = (
  now: number,
  memory: PriceMemory,
  waiting: readonly Waiting[] = [],
  { refused = new Map<string, string>(), seenAt = 0 } = {},
) => {
  const histories = createHistories(watchlist);
  const close = toMicros(1_208.88);
  histories.set('NVDA', [{ session: MON, open: close, high: close, low: close, close, volume: 0 }], []);
  const state: WatchState = {
    ...{
      histories,
      states: new Map(),
      symbolRules: new Map(),
      quotes: new Map(seenAt === 0 ? [] : [['NVDA', { ...quoteOf('NVDA', 1_208.88, `${TUE}T13:00Z`), seenAt }]]),
    },
    memories: new Map([['NVDA', memory]]),
    waiting: new Map([['NVDA', waiting]]),
  };
  return openTooLong(state, watchlist, calendar, now, refused).map(({ what, text }) => `${what}: ${text}`);
};

const doubt = (since: number, more: Partial<NonNullable<PriceMemory['doubt']>> = {}): PriceMemory => ({
  doubt: { reason: 'previous close', session: TUE, since, factor: 0.1, ...more },
});
const jump = (since: number): PriceMemory => {
  const price = toMicros(700);
  return { jump: { first: price, price, tradeTime: since, since, firstTrade: since, seen: 1 } };
};
const CLOSE = { session: TUE, because: 'bar waits' } as const;
const LATE = 15 * MINUTE + 1;

test.each<
  [
    what: string,
    time: string,
    refusal: string | undefined,
    seenAt: number,
    memory: PriceMemory,
    said: readonly string[],
  ]
>([
  ['for a quarter of an hour', '09:45', 'time ahead', 0, {}, []],
  ['for longer', '09:46', 'time ahead', 0, {}, ['price: NVDA: no usable price since 09:30 New York (time ahead).']],
  [
    'since its last one',
    '12:00',
    'no price',
    at('11:40'),
    {},
    ['price: NVDA: no usable price since 11:40 New York (no price).'],
  ],
  [
    'since the day before',
    '09:46',
    'no price',
    at('09:00'),
    {},
    ['price: NVDA: no usable price since 09:30 New York (no price).'],
  ],
  ['after the bell', '16:30', 'time ahead', 0, {}, []],
  ['because nobody trades', '12:00', 'not newer', 0, {}, []],
  ['and none was refused', '12:00', undefined, 0, {}, []],
  ['because it has jumped', '12:00', 'jump waits', 0, jump(at('11:50')), []],
  ['because its unit is in doubt', '12:00', 'unit in doubt', 0, doubt(at('11:50')), []],
])('no usable price of one symbol %s (%s)', (_what, time, refusal, seenAt, memory, said) => {
  const refused = new Map(refusal === undefined ? [] : [['NVDA', refusal]]);
  expect(openAt(at(time), memory, [], { refused, seenAt })).toEqual(said);
});

test.each<[string, number, PriceMemory, readonly Waiting[], string[]]>([
  ['nothing', NOON, {}, [], []],
  ['a doubt of a quarter of an hour', NOON, doubt(NOON - 15 * MINUTE), [], []],
  [
    'a longer doubt',
    at('12:00'),
    doubt(at('09:31')),
    [],
    [
      'unit: NVDA: prices have counted in another unit since 09:31 New York (previous close 120.89, ours 1208.88). Falls are judged by the milder of both; waiting for the history.',
    ],
  ],
  [
    'a doubt with the factor of a split, since the day before',
    NOON,
    doubt(Date.parse(`${MON}T15:00-04:00`), { explained: true }),
    [],
    [
      "unit: NVDA: prices have counted in another unit since 2025-06-02 15:00 New York (previous close 120.89, ours 1208.88). Falls are judged by the source's own previous close; waiting for the history.",
    ],
  ],
  [
    'a split that is told and not followed',
    NOON,
    doubt(NOON - LATE, { reason: 'split told' }),
    [],
    ['unit: NVDA: a split has been told since 11:44 New York that the prices do not follow; waiting for the history.'],
  ],
  [
    'a jump',
    NOON,
    jump(NOON - LATE),
    [],
    ['jump: NVDA: a jump from 1208.88 to 700.00 has waited since 11:44 New York; nothing confirms it.'],
  ],
  ['a doubt and a jump after the bell', at('17:00'), { ...doubt(NOON), ...jump(NOON) }, [], []],
  ['a close that waits, before six', at('17:59'), {}, [CLOSE], []],
  [
    'a close that waits, at six',
    at('18:00'),
    {},
    [CLOSE],
    ['close: NVDA: the close of 2025-06-03 is not confirmed (bar waits); its levels wait.'],
  ],
  ['a correction of an older close', at('18:00'), {}, [{ session: MON, because: 'correction waits' }], []],
  [
    'a first history in doubt, at any time',
    at('03:00'),
    { doubt: { reason: 'first history', session: MON, since: at('03:00') } },
    [],
    ['first history: NVDA: its first history is in doubt; until another answer agrees, only falls of a day are told.'],
  ],
  [
    'a first history that was refused',
    NOON,
    {},
    [{ session: MON, because: 'history in doubt' }],
    ['first history: NVDA: its first history is in doubt; until another answer agrees, only falls of a day are told.'],
  ],
])('%s', (_name, now, memory, waiting, expected) => {
  expect(openAt(now, memory, waiting)).toEqual(expected);
});
