import { describe, expect, it } from 'vitest';
import {
  type BelievedPrice,
  freshMemory,
  isJump,
  judgeQuote,
  type QuoteContext,
  type QuoteVerdict,
} from '../../src/market/judge-quote.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { PriceMemory } from '../../src/market/price-memory.ts';
import type { RawQuote } from '../../src/market/quote.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const calendar = loadCalendar();
/** Tuesday, 12:00 in New York. */
const NOON = Date.parse('2025-06-03T16:00:00Z');
const OPEN = Date.parse('2025-06-03T13:30:00Z');
const BELL = Date.parse('2025-06-03T20:00:00Z');
/** Saturday. */
const CLOSED = Date.parse('2025-06-07T16:00:00Z');
const [FRI, MON, TUE] = ['2025-05-30', '2025-06-02', '2025-06-03'] as const;

const bar = (session: string, close: number) => {
  const price = toMicros(close);
  return { session, open: price, high: price, low: price, close: price, volume: 0 };
};

/** Thursday to Monday, each at another price. */
const bars = [bar('2025-05-29', 90), bar(FRI, 95), bar(MON, 100)];

const raw = (price: number | null, tradeTime: number | null, more: Partial<RawQuote> = {}): RawQuote => ({
  symbol: 'NVDA',
  price: price === null ? null : toMicros(price),
  tradeTime,
  marketState: 'regular',
  delayMinutes: 0,
  source: 'test',
  previousClose: toMicros(100),
  ...more,
});

const previous = (close: number | null) => ({ previousClose: close === null ? null : toMicros(close) });

const today: BelievedPrice = { price: toMicros(100), tradeTime: NOON - 2 * MINUTE, session: TUE };
const yesterday: BelievedPrice = { price: toMicros(100), tradeTime: OPEN - 17.5 * HOUR, session: MON };

const contextAt = (now: number, more: Partial<QuoteContext> = {}): QuoteContext => ({
  ...{ kind: 'stock', bars, believed: today, memory: {}, calendar, now },
  ...more,
});

const wordOf = (verdict: QuoteVerdict): string => ('quote' in verdict ? 'used' : verdict.refusal);

describe('a quote', () => {
  it.each<[string, RawQuote, BelievedPrice | undefined, string]>([
    ['that is newer and near is used', raw(99, NOON - 1), today, 'used'],
    ['that is the first ever is used', raw(99, NOON - 1), undefined, 'used'],
    ['without a price is not', raw(null, NOON - 1), today, 'no price'],
    ['at zero is not', raw(0, NOON - 1), today, 'no price'],
    ['below zero is not', raw(-1, NOON - 1), today, 'no price'],
    ['without a trade time is not', raw(99, null), today, 'no trade time'],
    ['of the trade that was used last is refused', raw(99, today.tradeTime), today, 'not newer'],
    ['of an older trade is refused', raw(99, today.tradeTime - 1), today, 'not newer'],
    ['25 % away is used', raw(75, NOON - 1), today, 'used'],
    ['a hair more than 25 % below waits', raw(74.999999, NOON - 1), today, 'jump waits'],
    ['more than 25 % above waits', raw(126, NOON - 1), today, 'jump waits'],
    ['of a symbol without a price before is used', raw(1, NOON - 1), undefined, 'used'],
  ])('%s', (_name, quote, believed, expected) => {
    expect(wordOf(judgeQuote(quote, contextAt(NOON, { ...{ believed } })))).toBe(expected);
  });

  it.each<[string, number, string]>([
    ['two minutes ahead, within what clocks differ', NOON + 2 * MINUTE, 'used'],
    ['a moment more ahead', NOON + 2 * MINUTE + 1, 'time ahead'],
    ['an hour ahead', NOON + HOUR, 'time ahead'],
    ['thirty days ahead', NOON + 30 * 24 * HOUR, 'time ahead'],
    ['given in milliseconds where seconds belong', (NOON - SECOND) * 1000, 'used'],
    ['of the last century', Date.UTC(1999, 11, 31), 'no trade time'],
    ['beyond what a number holds', 9e15 * 1000, 'no trade time'],
    ['not a number', Number.NaN, 'no trade time'],
  ])('with a time %s is: %s', (_name, time, expected) => {
    const verdict = judgeQuote(raw(99, time), contextAt(NOON));
    expect(wordOf(verdict)).toBe(expected);
    if ('quote' in verdict) expect(verdict.quote.tradeTime).toBeLessThanOrEqual(NOON + 2 * MINUTE);
  });

  it.each([
    [0, 15, 'used'],
    [0, 15.1, 'stale'],
    [15, 30, 'used'],
    [15, 30.1, 'stale'],
    [20, 35, 'used'],
  ])('of a source %i minutes behind, %f minutes old, is %s while the market is open', (delayMinutes, age, expected) => {
    const believed = { ...today, tradeTime: NOON - HOUR };
    expect(wordOf(judgeQuote(raw(99, NOON - age * MINUTE, { delayMinutes }), contextAt(NOON, { believed })))).toBe(
      expected,
    );
  });

  it('may be of any age while the market is closed, and belongs to the session of its trade', () => {
    const friday = Date.parse('2025-06-06T20:00:00Z');
    expect(judgeQuote(raw(99, friday), contextAt(CLOSED))).toMatchObject({
      quote: { session: '2025-06-06', price: toMicros(99) },
    });
  });

  it('of a day without a session is refused', () => {
    expect(wordOf(judgeQuote(raw(99, CLOSED - HOUR), contextAt(CLOSED)))).toBe('no session');
  });
});

describe('a previous close', () => {
  it.each<[string, number | null, number, QuoteVerdict['basis']]>([
    ['equal to ours is the same', 100, 99, 'same'],
    ['a tenth of a percent off is the same', 100.1, 99, 'same'],
    ['two percent off is near', 102, 99, 'near'],
    ['a tenth of ours, with a price to match, is another unit', 10, 9.9, 'changed'],
    ['ten times ours, with a price to match, is another unit', 1000, 990, 'changed'],
    ['a tenth of ours, with a price in our unit, says nothing', 10, 99, 'none'],
    ['near zero says nothing', 0.000001, 99, 'none'],
    ['of the session before that says nothing', 95, 93, 'none'],
    ['that is missing says nothing', null, 99, 'none'],
  ])('%s', (_name, close, price, expected) => {
    expect(judgeQuote(raw(price, NOON - 1, previous(close)), contextAt(NOON)).basis).toBe(expected);
  });

  it('in another unit makes the price count in that unit, and puts the unit in doubt', () => {
    const verdict = judgeQuote(raw(9.9, NOON - 1, previous(10)), contextAt(NOON));
    expect(verdict).toMatchObject({
      quote: { price: toMicros(9.9) },
      factor: 0.1,
      memory: { doubt: { reason: 'previous close', session: TUE, since: NOON, factor: 0.1, explained: true } },
    });
  });

  it.each<[string, number, number, number]>([
    ['a spin-off: their unit, in which the fall is milder', 80, 79, 0.8],
    ['an unexplained unit above ours: ours, in which the fall is milder', 130, 127, 1],
    ['a reverse split, which is exact: theirs', 800, 790, 8],
  ])('is read as the milder of both for %s', (_name, close, price, factor) => {
    const verdict = judgeQuote(raw(price, NOON - 1, previous(close)), contextAt(NOON));
    expect(verdict).toMatchObject({ factor });
  });

  it('in another unit while the first history is in doubt refuses the quote, and the history stays in doubt', () => {
    const memory: PriceMemory = { doubt: { reason: 'first history', session: MON, since: OPEN } };
    const verdict = judgeQuote(raw(9.9, NOON - 1, previous(10)), contextAt(NOON, { memory }));
    expect(wordOf(verdict)).toBe('unit in doubt');
    expect(verdict.memory.doubt).toEqual(memory.doubt);
  });

  it('of an index in another unit is an error: an index is never split', () => {
    const verdict = judgeQuote(raw(9.9, NOON - 1, previous(10)), contextAt(NOON, { kind: 'index' }));
    expect(wordOf(verdict)).toBe('unit in doubt');
  });

  it('in our unit again ends the doubt', () => {
    const { memory } = judgeQuote(raw(9.9, NOON - 2, previous(10)), contextAt(NOON));
    const verdict = judgeQuote(raw(99, NOON - 1), contextAt(NOON, { memory }));
    expect(verdict).toMatchObject({ quote: { price: toMicros(99) } });
    expect(verdict.memory.doubt).toBeUndefined();
  });

  it('that is missing while the unit is in doubt refuses the quote', () => {
    const { memory } = judgeQuote(raw(9.9, NOON - 2, previous(10)), contextAt(NOON));
    expect(wordOf(judgeQuote(raw(9.8, NOON - 1, previous(null)), contextAt(NOON, { memory })))).toBe('unit in doubt');
  });

  it('not divided yet, where the price is and a split is told, refuses the quote', () => {
    const memory: PriceMemory = {
      doubt: { reason: 'split told', session: TUE, since: OPEN, factor: 2 / 3, explained: true },
    };
    expect(wordOf(judgeQuote(raw(66, NOON - 1), contextAt(NOON, { memory })))).toBe('unit in doubt');
  });

  it.each([
    ['ten for one', 0.1, 60, true],
    ['ten for one', 0.1, 32, true],
    ['ten for one', 0.1, 31, false],
    ['ten for one', 0.1, 9, false],
    ['two for one', 0.5, 72, true],
    ['two for one', 0.5, 70, false],
    ['one for ten', 10, 60, true],
    ['one for ten', 10, 900, false],
  ])(
    'where %s is told, leaves a price a fall only as long as it is nearer to the old close (%d, %d)',
    (_, factor, price, isOwn) => {
      const doubt = { reason: 'split told', session: TUE, since: OPEN, factor, explained: true } as const;
      const verdict = judgeQuote(raw(price, NOON - 1), contextAt(NOON, { memory: { doubt } }));
      // The price's own jump waits for another quote, as on any day.
      expect(wordOf(verdict) === 'unit in doubt').toBe(!isOwn);
      expect(verdict.memory.doubt === undefined).toBe(isOwn);
    },
  );

  it('of a session that the calendar does not know to be closed is compared with the last close', () => {
    const withoutMonday = bars.slice(0, 2);
    expect(judgeQuote(raw(94, NOON - 1, previous(95)), contextAt(NOON, { bars: withoutMonday })).basis).toBe('same');
    expect(judgeQuote(raw(94, NOON - 1, previous(97)), contextAt(NOON, { bars: withoutMonday })).basis).toBe('none');
  });
});

/** Polls a minute apart from `start`: a price, null for none, or `same` for the trade of the poll before. */
const polls = (
  start: number,
  believed: BelievedPrice,
  prices: readonly (number | null | 'same')[],
  close: number | null = 100,
): string[] => {
  let price = believed;
  let memory: PriceMemory = {};
  let before: RawQuote = raw(100, start, previous(close));
  return prices.map((it, n) => {
    const now = start + (n + 1) * MINUTE;
    const quote = it === 'same' ? before : raw(it, now - SECOND, previous(close));
    before = quote;
    const verdict = judgeQuote(quote, contextAt(now, { believed: price, memory }));
    memory = verdict.memory;
    if ('quote' in verdict) price = verdict.quote;
    return wordOf(verdict);
  });
};

const waits = (count: number): string[] => Array<string>(count).fill('jump waits');

describe('an opening price', () => {
  it.each<[string, number | null, (number | null | 'same')[], string[]]>([
    ['a third lower is used once the next quote agrees', 100, [66, 67], ['jump waits', 'used']],
    ['is not confirmed by the same trade', 100, [66, 'same', 67], ['jump waits', 'jump waits', 'used']],
    ['that goes back is forgotten', 100, [60, 99, 98], ['jump waits', 'used', 'used']],
    ['that the next quote contradicts starts anew', 100, [74, 150, 151], ['jump waits', 'jump waits', 'used']],
    ['waits through a poll without a price', 100, [60, null, 61], ['jump waits', 'no price', 'used']],
    ['half of the last is rather a split', 100, [50, 50.1, 49.9], Array(3).fill('perhaps a split')],
    ['twice the last is rather a split', 100, [200, 201, 199], Array(3).fill('perhaps a split')],
    ['without a previous close waits five minutes', null, [72, 72, 72, 72, 72, 72], [...waits(5), 'used']],
    [
      'without a previous close near a split waits a day',
      null,
      [67, 67, 67, 67, 67, 67, 67],
      Array(7).fill('perhaps a split'),
    ],
  ])('%s', (_name, close, prices, expected) => {
    expect(polls(OPEN, yesterday, prices, close)).toEqual(expected);
  });

  it('without a previous close near a split is believed a day later', () => {
    const memory: PriceMemory = {
      jump: {
        ...{ first: toMicros(10), price: toMicros(10), tradeTime: NOON - 24 * HOUR, firstTrade: NOON - 24 * HOUR },
        ...{ since: NOON - 24 * HOUR, seen: 9 },
      },
    };
    const verdict = judgeQuote(raw(10, NOON - 1, previous(null)), contextAt(NOON, { believed: yesterday, memory }));
    expect(wordOf(verdict)).toBe('used');
  });
});

describe('a jump within a session', () => {
  it('in less than four minutes cannot be: it is used at the fourth quote, ten minutes later', () => {
    const prices = Array<number>(11).fill(60);
    expect(polls(NOON, today, prices)).toEqual([...waits(10), 'used']);
  });

  it('after a halt is used once the next quote agrees', () => {
    expect(polls(NOON, { ...today, tradeTime: NOON - 10 * MINUTE }, [60, 61])).toEqual(['jump waits', 'used']);
  });

  it('that goes back is forgotten', () => {
    expect(polls(NOON, today, [60, 61, 99, 60])).toEqual(['jump waits', 'jump waits', 'used', 'jump waits']);
  });
});

describe('a second source', () => {
  it.each<[string, RawQuote, string]>([
    ['agrees', raw(61, NOON - 2 * SECOND, { source: 'second' }), 'used'],
    ['still has the price before', raw(100, NOON - 2 * SECOND), 'jump waits'],
    ['is as far away on the other side', raw(140, NOON - 2 * SECOND), 'jump waits'],
    ['is more than 5 % away', raw(63.1, NOON - 2 * SECOND), 'jump waits'],
    ['counts in another unit', raw(60, NOON - 2 * SECOND, previous(60)), 'jump waits'],
    ['has no previous close', raw(60, NOON - 2 * SECOND, previous(null)), 'jump waits'],
    ['has no newer trade', raw(61, today.tradeTime), 'jump waits'],
    ['has a stale trade', raw(61, NOON - 16 * MINUTE), 'jump waits'],
    ['has no price', raw(null, NOON - 2 * SECOND), 'jump waits'],
    ['has no trade time', raw(61, null), 'jump waits'],
  ])('that %s decides on a jump: %s', (_name, second, expected) => {
    const verdict = judgeQuote(raw(60, NOON - SECOND), contextAt(NOON, { second }));
    expect(wordOf(verdict)).toBe(expected);
    if ('quote' in verdict) expect(verdict.quote).toMatchObject({ price: toMicros(60), source: 'test' });
  });

  it('that agrees lets even half of the price through', () => {
    const second = raw(50, NOON - 2 * SECOND, { source: 'second' });
    const verdict = judgeQuote(raw(50, NOON - SECOND), contextAt(NOON, { believed: yesterday, second }));
    expect(wordOf(verdict)).toBe('used');
  });
});

describe('a fund that moves as an index does', () => {
  /** Its own previous close is 50. */
  const fund = (price: number) => raw(price, NOON - 2 * SECOND, { symbol: 'QQQ', ...previous(50) });
  const index = (price: number, now: number, close: number, proxy: RawQuote | undefined, memory: PriceMemory = {}) =>
    judgeQuote(
      raw(price, now - SECOND, { symbol: 'IXIC', ...previous(close) }),
      contextAt(now, { kind: 'index', believed: yesterday, memory, ...(proxy && { proxy }) }),
    );

  it.each<[string, number, number, RawQuote | undefined, string]>([
    ['shares a jump: it is used at once', 60, 100, fund(30.5), 'used'],
    ['does not share a jump', 60, 100, fund(49), 'jump waits'],
    ['is not there', 60, 100, undefined, 'jump waits'],
    ['shares the move since our close: the previous close is wrong', 91, 93, fund(45.6), 'used'],
    [
      'shares the move since the previous close: ours is wrong, and no level may be made of it',
      91,
      93,
      fund(49),
      'unit in doubt',
    ],
    ['is not there, and the previous close is not ours', 91, 93, undefined, 'unit in doubt'],
  ])('%s', (_name, price, close, proxy, expected) => {
    expect(wordOf(index(price, NOON, close, proxy))).toBe(expected);
  });

  it('keeps a jump that it does not share waiting, however often the index repeats it', () => {
    const first = index(60, NOON, 100, fund(49));
    expect(wordOf(index(60, NOON + MINUTE, 100, fund(49), first.memory))).toBe('jump waits');
    expect(wordOf(index(60, NOON + MINUTE, 100, undefined, first.memory))).toBe('used');
  });

  it('leaves nothing in doubt', () => {
    expect(index(91, NOON, 93, fund(45.6)).memory.doubt).toBeUndefined();
  });
});

describe('what quotes say of closes', () => {
  it('is noted: the previous close for the session before, the price after the bell for its own', () => {
    const { memory } = judgeQuote(raw(97, BELL + SECOND), contextAt(BELL + MINUTE));
    expect(memory.words).toEqual({
      [MON]: { previousClose: { price: toMicros(100), since: BELL + MINUTE, repeated: false } },
      [TUE]: { bell: { price: toMicros(97), since: BELL + MINUTE, repeated: false } },
    });
  });

  it('is repeated when the same trade is still the last one ten minutes later', () => {
    const quote = raw(97, BELL + SECOND);
    const first = judgeQuote(quote, contextAt(BELL + MINUTE));
    const believed = { price: toMicros(97), tradeTime: BELL + SECOND, session: TUE };
    const soon = judgeQuote(quote, contextAt(BELL + 10 * MINUTE, { believed, memory: first.memory }));
    const later = judgeQuote(quote, contextAt(BELL + 11 * MINUTE, { believed, memory: soon.memory }));
    expect(soon.memory.words?.[TUE]?.bell?.repeated).toBe(false);
    expect(later.memory.words?.[TUE]?.bell?.repeated).toBe(true);
  });

  it('costs no write while it stays the same', () => {
    const { memory } = judgeQuote(raw(99, NOON - 2), contextAt(NOON));
    expect(judgeQuote(raw(99, NOON - 1), contextAt(NOON, { memory })).memory).toBe(memory);
  });
});

it('a stored memory keeps no jump of half an hour ago, and no time that lies ahead', () => {
  const jump = { first: 1, price: 1, tradeTime: NOON, firstTrade: NOON, since: NOON, seen: 1 };
  expect(freshMemory({ jump }, NOON + 30 * MINUTE)).toEqual({ jump });
  expect(freshMemory({ jump }, NOON + 30 * MINUTE + 1)).toEqual({});
  expect(freshMemory({ jump }, NOON - HOUR)).toEqual({});
  const doubt = { reason: 'previous close', session: TUE, since: NOON } as const;
  expect(freshMemory({ doubt }, NOON - HOUR)).toEqual({ doubt: { ...doubt, since: NOON - HOUR } });
});

it.each([
  [100, 75, false],
  [100, 74.999999, true],
  [100, 125, false],
  [100, 125.000001, true],
])('from %d to %d is a jump: %s', (from, to, expected) => {
  expect(isJump(toMicros(from), toMicros(to))).toBe(expected);
});
