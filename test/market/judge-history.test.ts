import { describe, expect, it } from 'vitest';
import type { Bar, Split } from '../../src/market/bar.ts';
import { closesFromQuotes } from '../../src/market/closes-from-quotes.ts';
import { firstHole } from '../../src/market/holes.ts';
import {
  compareWhole,
  type HistoryContext,
  isRowUsable,
  judgeRows,
  overlapOf,
  shownSplit,
} from '../../src/market/judge-history.ts';
import { divideBars, judgeFirstHistory, judgeWholeHistory } from '../../src/market/judge-whole-history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { CloseWords, PriceMemory } from '../../src/market/price-memory.ts';
import type { Quote } from '../../src/market/quote.ts';
import { closing, sessionAt } from '../slides/samples.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const calendar = loadCalendar();
const [THU, FRI, MON, TUE, WED] = ['2025-05-29', '2025-05-30', '2025-06-02', '2025-06-03', '2025-06-04'] as const;
/** Tuesday, 16:15 in New York. */
const EVENING = Date.parse('2025-06-03T20:15:00Z');
const BELL = Date.parse('2025-06-03T20:00:00Z');

const bar = (session: string, close: number, more: Partial<Bar> = {}): Bar => {
  const price = toMicros(close);
  return { session, open: price, high: price, low: price, close: price, volume: 0, ...more };
};

const ours = [bar(THU, 100), bar(FRI, 100), bar(MON, 100)];

const word = (price: number, repeated = false) => ({ price: toMicros(price), since: BELL, repeated });

const quoteAt = (price: number, tradeTime: number, session: string = TUE): Quote => ({
  ...{ symbol: 'TSLA', price: toMicros(price), tradeTime, session },
  ...{ marketState: 'regular', delayMinutes: 0, source: 'test' },
});

const contextOf = (more: Partial<HistoryContext> = {}): HistoryContext => ({
  ...{ ours, splits: [], memory: {}, quote: undefined, calendar, now: EVENING },
  ...more,
});

/** What is decided on Tuesday's close, at first and with the same answer `laterMs` later. */
const verdicts = (
  close: number,
  words: Record<string, CloseWords>,
  quote: Quote | undefined,
  laterMs: number,
): string => {
  const row = bar(TUE, close);
  const first = judgeRows([row], contextOf({ memory: { words }, quote }));
  const memory: PriceMemory = { words, candidates: first.candidates };
  const again = judgeRows([row], contextOf({ memory, quote, now: EVENING + laterMs }));
  const say = ({ taken }: { taken: readonly Bar[] }) => (taken.length === 1 ? 'taken' : 'waits');
  return `${say(first)}, ${say(again)}`;
};

const LAST = BELL - MINUTE;
const steadyDay = { [MON]: { previousClose: word(100) } };

describe('a new close', () => {
  it.each<[string, number, Record<string, CloseWords>, Quote | undefined, number, string]>([
    [
      'that the quote after the bell says is taken',
      93,
      { [TUE]: { bell: word(93) } },
      undefined,
      30 * MINUTE,
      'taken, taken',
    ],
    [
      'half a percent off the quote after the bell is taken',
      93.4,
      { [TUE]: { bell: word(93) } },
      undefined,
      0,
      'taken, taken',
    ],
    [
      'that the quote after the bell contradicts waits',
      80,
      { [TUE]: { bell: word(93) } },
      undefined,
      24 * HOUR,
      'waits, waits',
    ],
    [
      'that the quote after the bell contradicts, but not the next previous close, is taken',
      80,
      { [TUE]: { bell: word(93), previousClose: word(80) } },
      undefined,
      0,
      'taken, taken',
    ],
    [
      'a third lower, told by the bell and by our own unit, is taken',
      66,
      { ...steadyDay, [TUE]: { bell: word(66) } },
      undefined,
      0,
      'taken, taken',
    ],
    [
      'a tenth, told by the bell in another unit, waits',
      10,
      { [MON]: { previousClose: word(10) }, [TUE]: { bell: word(10) } },
      undefined,
      30 * MINUTE,
      'waits, waits',
    ],
    [
      'nearly a quarter, told by the bell alone, waits a day',
      26.6,
      { [TUE]: { bell: word(26.6) } },
      undefined,
      23 * HOUR,
      'waits, waits',
    ],
    [
      'over a quarter lower and like no split, told by the bell alone, is taken at a second look',
      72,
      { [TUE]: { bell: word(72) } },
      undefined,
      30 * MINUTE,
      'waits, taken',
    ],
    [
      'half, told by the bell alone, waits a day',
      50,
      { [TUE]: { bell: word(50) } },
      undefined,
      23 * HOUR,
      'waits, waits',
    ],
    [
      'half, told by the bell alone, is taken a day later',
      50,
      { [TUE]: { bell: word(50) } },
      undefined,
      24 * HOUR,
      'waits, taken',
    ],
    [
      'of half, that the quote after the bell contradicts, waits also if the next previous close says it',
      50,
      { [TUE]: { bell: word(93), previousClose: word(50) } },
      undefined,
      24 * HOUR,
      'waits, waits',
    ],
    [
      'near a trade of an hour before the bell is taken at a second look',
      90,
      {},
      quoteAt(91, BELL - HOUR),
      30 * MINUTE,
      'waits, taken',
    ],
    ['near the last trades is taken', 93, {}, quoteAt(94.5, LAST), 0, 'taken, taken'],
    ['away from the last trades is taken at a second look', 93, {}, quoteAt(99, LAST), 30 * MINUTE, 'waits, taken'],
    ['a third lower, away from the last trades, waits', 66, {}, quoteAt(99, LAST), 24 * HOUR, 'waits, waits'],
    [
      'that the next previous close says is taken',
      85,
      { [TUE]: { previousClose: word(85) } },
      undefined,
      0,
      'taken, taken',
    ],
    [
      'that the next previous close contradicts is taken at a second look',
      85,
      { [TUE]: { previousClose: word(99) } },
      undefined,
      30 * MINUTE,
      'waits, taken',
    ],
    ['7 % lower that nobody saw is taken', 93.01, {}, undefined, 0, 'taken, taken'],
    ['10 % lower that nobody saw is taken at a second look', 90, {}, undefined, 30 * MINUTE, 'waits, taken'],
    ['10 % lower that nobody saw is not taken a minute sooner', 90, {}, undefined, 29 * MINUTE, 'waits, waits'],
    ['30 % lower that nobody saw waits', 70, {}, undefined, 24 * HOUR, 'waits, waits'],
    ['a hundredth of the price waits', 1, {}, quoteAt(99, LAST), 24 * HOUR, 'waits, waits'],
  ])('%s', (_name, close, words, quote, laterMs, expected) => {
    expect(verdicts(close, words, quote, laterMs)).toBe(expected);
  });

  it('of a session whose unit is in doubt waits, and is taken a day later if the next previous close says it', () => {
    const doubt = { reason: 'previous close', session: TUE, since: BELL, factor: 0.8 } as const;
    const rowOf = (memory: PriceMemory, laterMs: number) =>
      judgeRows([bar(TUE, 80)], contextOf({ memory: { doubt, ...memory }, now: EVENING + laterMs }));
    const first = rowOf({ words: { [TUE]: { bell: word(80) } } }, 0);
    expect(first).toMatchObject({ taken: [], waiting: [{ session: TUE, because: 'bar waits' }] });
    const { candidates } = first;
    const words = { [TUE]: { bell: word(80), previousClose: word(80) } };
    expect(rowOf({ candidates, words }, 23 * HOUR).taken).toEqual([]);
    expect(rowOf({ candidates }, 24 * HOUR).taken).toEqual([]);
    expect(rowOf({ candidates, words }, 24 * HOUR).taken).toHaveLength(1);
  });

  it('that waits does not stop a later one, and is folded again once it is taken', () => {
    const rows = [bar(TUE, 88), bar(WED, 97)];
    const now = EVENING + 24 * HOUR;
    const first = judgeRows(rows, contextOf({ now }));
    expect(first.taken.map(({ session }) => session)).toEqual([WED]);
    expect(first.waiting).toEqual([{ session: TUE, because: 'bar waits' }]);
    const later = contextOf({
      ...{ ours: [...ours, bar(WED, 97)], now: now + 30 * MINUTE, memory: { candidates: first.candidates } },
    });
    expect(judgeRows(rows, later)).toMatchObject({ taken: [{ session: TUE }], refoldFrom: TUE });
  });
});

describe('another close in place of one that we have', () => {
  const corrected = (close: number, more: Partial<HistoryContext> = {}, session: string = MON, whole = false) =>
    judgeRows([bar(session, close)], contextOf(more), whole);

  it('that differs by rounding is taken, and folds nothing', () => {
    const verdict = corrected(100.05);
    expect(verdict.taken).toHaveLength(1);
    expect(verdict.refoldFrom).toBeUndefined();
  });

  it.each<[string, number, Record<string, CloseWords>, boolean]>([
    ['that the next previous close says is taken', 89, { [MON]: { previousClose: word(89) } }, true],
    ['that only makes a large step is not, whatever is said', 70, { [MON]: { previousClose: word(70) } }, false],
    ['that the quote after the bell says is taken', 89, { [MON]: { bell: word(89) } }, true],
    ['is not, where the next previous close says what we have', 89, { [MON]: { previousClose: word(100) } }, false],
    ['of a tenth without a word waits', 89, {}, false],
  ])('%s', (_name, close, words, isTaken) => {
    const { taken, refoldFrom } = corrected(close, { memory: { words } });
    expect(taken).toHaveLength(isTaken ? 1 : 0);
    expect(refoldFrom).toBe(isTaken ? MON : undefined);
  });

  it('by a percent is taken at a second look', () => {
    const first = corrected(99);
    expect(first).toMatchObject({ taken: [], waiting: [{ session: MON, because: 'correction waits' }] });
    const memory = { candidates: first.candidates };
    expect(corrected(99, { memory, now: EVENING + 30 * MINUTE }).taken).toHaveLength(1);
  });

  it('of an old session, by much, is taken by whole histories a day apart alone, and never if it is a spike', () => {
    const old = Array.from({ length: 6 }, (_, n) =>
      bar(['2025-05-22', '2025-05-23', '2025-05-27', '2025-05-28', THU, FRI][n] ?? FRI, 100),
    );
    const first = corrected(90, { ours: [...old, bar(MON, 100)] }, '2025-05-27', true);
    expect(first.taken).toEqual([]);
    const later = { ours: [...old, bar(MON, 100)], memory: { candidates: first.candidates }, now: EVENING + 24 * HOUR };
    expect(corrected(90, later, '2025-05-27').taken).toEqual([]);
    const rows = (close: number) => old.map((row) => (row.session === '2025-05-27' ? bar(row.session, close) : row));
    expect(judgeRows(rows(90), contextOf(later), true).taken).toHaveLength(1);
    const spike = judgeRows(rows(230), contextOf({ ...later, memory: {} }), true);
    const again = { ...later, memory: { candidates: spike.candidates }, now: EVENING + 48 * HOUR };
    expect(judgeRows(rows(230), contextOf(again), true).taken).toEqual([]);
  });

  it('replaces at once what only quotes have said, if it is the same', () => {
    const filled = [...ours.slice(0, 2), bar(MON, 100, { origin: 'quote' })];
    const { taken } = judgeRows([bar(MON, 100)], contextOf({ ours: filled }));
    expect(taken).toEqual([bar(MON, 100)]);
    const memory = { words: { [MON]: { previousClose: word(100) } } };
    const rowsTaken = (close: number) => judgeRows([bar(MON, close)], contextOf({ ours: filled, memory })).taken.length;
    expect([100.4, 101].map(rowsTaken)).toEqual([1, 0]);
  });
});

describe('a close that nobody has seen, by much lower than the one before', () => {
  const filling = (after: number, waitedMs: number) => {
    const held = [...ours, bar(WED, after)];
    const first = judgeRows([bar(TUE, 70)], contextOf({ ours: held }));
    const memory = { candidates: first.candidates };
    return judgeRows([bar(TUE, 70)], contextOf({ ours: held, memory, now: EVENING + waitedMs })).taken.length;
  };

  it('is taken at a second look if the close after it is near, so that no hole stays', () => {
    expect([filling(72, 29 * MINUTE), filling(72, 30 * MINUTE)]).toEqual([0, 1]);
  });

  it('is not if the close after it is back', () => {
    expect(filling(99, 72 * HOUR)).toBe(0);
  });
});

describe('a session without a bar', () => {
  const words = { [TUE]: { bell: word(93, true) } };
  const hourLater = BELL + HOUR;

  it('gets the close that quotes have said twice, an hour after the bell', () => {
    const context = contextOf({ memory: { words }, now: hourLater });
    expect(closesFromQuotes(ours, context)).toEqual([bar(TUE, 93, { origin: 'quote' })]);
    expect(closesFromQuotes(ours, { ...context, now: hourLater - 1 })).toEqual([]);
  });

  it('gets it also after a session whose close nobody has', () => {
    const context = contextOf({ memory: { words }, now: hourLater });
    expect(closesFromQuotes(ours.slice(0, 2), context)).toEqual([bar(TUE, 93, { origin: 'quote' })]);
    expect(closesFromQuotes([], context)).toEqual([]);
  });

  it.each<[string, PriceMemory, Quote | undefined, number | undefined]>([
    ['not what was said once', { words: { [TUE]: { bell: word(93) } } }, undefined, undefined],
    [
      'rather the next previous close',
      { words: { [TUE]: { bell: word(93, true), previousClose: word(92, true) } } },
      undefined,
      92,
    ],
    [
      'nothing on a day on which nobody traded',
      { words: { [TUE]: { previousClose: word(100, true) } } },
      undefined,
      undefined,
    ],
    [
      'the same close as before, if somebody traded',
      { words: { [TUE]: { bell: word(100), previousClose: word(100, true) } } },
      undefined,
      100,
    ],
    ['nothing far from the close before', { words: { [TUE]: { bell: word(60, true) } } }, undefined, undefined],
    ['what the last quote says, however far', { words: { [TUE]: { bell: word(60, true) } } }, quoteAt(61, LAST), 60],
    [
      'our unit, if a split explains the other one',
      {
        words: { [TUE]: { bell: word(9.3, true) } },
        doubt: { reason: 'previous close', session: TUE, since: BELL, factor: 0.1, explained: true },
      },
      undefined,
      93,
    ],
    [
      'our unit of a previous close that was said while the unit was in doubt',
      {
        words: { [TUE]: { bell: word(93), previousClose: word(9.3, true) } },
        doubt: { reason: 'previous close', session: WED, since: BELL, factor: 0.1, explained: true },
      },
      undefined,
      93,
    ],
    [
      'what was said before the unit was in doubt as it is',
      {
        words: { [TUE]: { bell: word(98, true) } },
        doubt: { reason: 'split told', session: WED, since: BELL, factor: 0.8, explained: true },
      },
      undefined,
      98,
    ],
    [
      'the milder of both units, if nothing explains the other one',
      {
        words: { [TUE]: { bell: word(95, true) } },
        doubt: { reason: 'previous close', session: TUE, since: BELL, factor: 1.3, explained: false },
      },
      undefined,
      95,
    ],
  ])('gets %s', (_name, memory, quote, expected) => {
    const [found] = closesFromQuotes(ours, contextOf({ memory, quote, now: hourLater }));
    expect(found?.close).toBe(expected === undefined ? undefined : toMicros(expected));
  });

  it('before the last bar is found', () => {
    expect(firstHole([bar(THU, 100), bar(MON, 100), bar(WED, 100)], calendar)).toBe(FRI);
    expect(firstHole(ours, calendar)).toBeUndefined();
  });
});

describe('rows beside ours', () => {
  const own = closing(100, 101, 99, 98, 102, 103);
  const split = (n: number, numerator = 10, denominator = 1): Split => ({
    session: sessionAt(n),
    numerator,
    denominator,
  });
  const times = (factor: number, bars: readonly Bar[] = own): Bar[] =>
    bars.map((row) => ({ ...row, close: Math.round(row.close * factor) }));
  const at = (n: number, factor: number): Bar[] =>
    own.map((row, index) => (index === n ? (times(factor, [row])[0] ?? row) : row));

  it.each<[string, readonly Bar[], readonly Split[], string]>([
    ['the same closes are the same', own, [], 'same'],
    ['the same closes and new ones are the same', [...own, ...closing(1, 2, 3, 4, 5, 6, 104).slice(6)], [], 'same'],
    ['a split forward rebases', times(0.1), [split(6)], 'rebased'],
    ['a reverse split rebases', times(8), [split(6, 1, 8)], 'rebased'],
    ['a factor rebases without a reported split', times(0.1), [], 'rebased'],
    ['a factor that ends at some session is of two bases', [...times(0.1).slice(0, 4), ...own.slice(4)], [], 'mixed'],
    [
      'a factor in the middle is of two bases',
      [...own.slice(0, 2), ...times(0.1).slice(2, 5), ...own.slice(5)],
      [],
      'mixed',
    ],
    ['a reported split without a factor is not divided', own, [split(6)], 'undivided'],
    ['a small split that was reported late, after we had it, rebases', own, [split(3, 21, 20)], 'rebased'],
    ['a split that was reported late, after we had it, rebases', own, [split(3)], 'rebased'],
    ['a split that is known does not rebase', own, [split(2)], 'same'],
    ['a factor with cents rounded rebases', times(1 / 3), [], 'rebased'],
    ['the smallest common split, 21 for 20, rebases', times(20 / 21), [], 'rebased'],
    ['one close that differs is of our basis', at(5, 1.01), [], 'same'],
    ['one close that differs by half is of our basis', at(5, 0.5), [], 'same'],
    ['closes that all differ by 0.1 % are of our basis', times(1.001), [], 'same'],
    ['without a common session nothing differs', closing(1, 2, 3, 4, 5, 6, 50).slice(6), [], 'same'],
  ])('%s', (_name, bars, splits, expected) => {
    expect(overlapOf(own, [split(2)], { bars, splits })).toBe(expected);
  });

  it('are compared without the closes that quotes alone have said, which are kept in our unit', () => {
    const said = own.map((row, n) => (n === own.length - 1 ? { ...row, origin: 'quote' as const } : row));
    const bars = own.map((row, n) => (n === own.length - 1 ? row : { ...row, close: Math.round(row.close * 1.3) }));
    expect(overlapOf(said, [split(2)], { bars, splits: [split(2)] })).toBe('rebased');
  });

  it('without bars of ours nothing differs', () => {
    expect(overlapOf([], [], { bars: own, splits: [split(3)] })).toBe('same');
  });

  it('are counted where they differ by more than rounding', () => {
    const context = contextOf({ ours: own });
    expect(compareWhole(times(1.0004), context)).toBe('same');
    expect(compareWhole(at(2, 1.01), context)).toBe('corrected');
    expect(compareWhole(times(1.01), context)).toBe('differs');
  });

  it.each<[string, number, Record<string, CloseWords>, string | undefined]>([
    ['by a row and the quote after the bell', 10.4, { [sessionAt(6)]: { bell: word(10.4) } }, sessionAt(6)],
    ['by a row and the next previous close', 10.4, { [sessionAt(6)]: { previousClose: word(10.4) } }, sessionAt(6)],
    ['not by a row alone', 10.4, {}, undefined],
    ['not by a row that quotes contradict', 10.4, { [sessionAt(6)]: { bell: word(104) } }, undefined],
    ['not by a row in the unit before it', 104, { [sessionAt(6)]: { bell: word(104) } }, undefined],
  ])('show a told split that they do not follow %s', (_name, close, words, expected) => {
    const rows = [...own, bar(sessionAt(6), close)];
    expect(shownSplit(rows, split(6), { words })).toBe(expected);
    expect(shownSplit(own, split(6), { words })).toBeUndefined();
  });

  it('are divided by a split that is told', () => {
    expect(divideBars(own, split(3)).map(({ close }) => close)).toEqual(
      own.map(({ close }, n) => (n < 3 ? close / 10 : close)),
    );
    const said = own.map((row, n) => (n === 4 ? { ...row, origin: 'quote' as const } : row));
    expect(divideBars(said, split(3))[4]?.close, 'a close of quotes alone, kept in the old unit').toBe(toMicros(10.2));
  });
});

describe('a whole history', () => {
  const flat = (price: number): Bar[] => Array.from({ length: 20 }, (_, n) => bar(sessionAt(n), price));
  const own = flat(100);
  const context = (words: Record<string, CloseWords> = {}) => contextOf({ ours: own, memory: { words } });
  const last = sessionAt(19);

  it.each<[string, readonly Bar[], readonly Split[], Record<string, CloseWords>, number, string]>([
    [
      'that the quotes’ previous close agrees with is taken',
      flat(10),
      [],
      { [last]: { previousClose: word(10) } },
      0,
      'taken',
    ],
    [
      'that the previous close contradicts waits',
      flat(10),
      [],
      { [last]: { previousClose: word(100) } },
      23 * HOUR,
      'waits',
    ],
    [
      'that the previous close contradicts for a day is taken',
      flat(10),
      [],
      { [last]: { previousClose: word(100) } },
      24 * HOUR,
      'taken',
    ],
    [
      'that a told split explains is taken',
      flat(10),
      [{ session: sessionAt(20), numerator: 10, denominator: 1 }],
      {},
      0,
      'taken',
    ],
    [
      'that another split does not explain waits',
      flat(10),
      [{ session: sessionAt(20), numerator: 5, denominator: 1 }],
      {},
      0,
      'waits',
    ],
    ['without a word is taken if it stays for half an hour', flat(10), [], {}, 30 * MINUTE, 'taken'],
    ['without a word waits for half an hour', flat(10), [], {}, 29 * MINUTE, 'waits'],
    [
      'with a large step of its own never is',
      [...flat(10).slice(0, 15), ...flat(100).slice(15)],
      [],
      {},
      48 * HOUR,
      'waits',
    ],
  ])('%s', (_name, bars, splits, words, waited, expected) => {
    expect(judgeWholeHistory(bars, { splits }, waited, context(words)).kind).toBe(expected);
  });
});

describe('a first history', () => {
  const rows = (...prices: number[]): Bar[] => prices.map((price, n) => bar(sessionAt(n), price));
  it.each<[string, readonly Bar[], readonly Split[], string, number]>([
    ['without large steps is taken', rows(100, 101, 99, 98), [], 'taken', 4],
    ['with one wild close is taken without it', rows(100, 230, 99, 98), [], 'taken', 3],
    ['with a stretch in another unit waits', rows(100, 10, 10, 10, 100, 99), [], 'waits', 0],
    ['with a lasting step like a split is doubtful', rows(100, 100, 10, 10, 10), [], 'doubtful', 5],
    ['with a lasting step of another size is taken', rows(100, 100, 60, 60, 60), [], 'taken', 5],
    [
      'with a step that a told split explains is taken',
      rows(100, 100, 10, 10, 10),
      [{ session: sessionAt(2), numerator: 10, denominator: 1 }],
      'taken',
      5,
    ],
  ])('%s', (_name, bars, splits, kind, count) => {
    const verdict = judgeFirstHistory(bars, splits);
    expect(verdict.kind).toBe(kind);
    if (verdict.kind !== 'waits') expect(verdict.bars).toHaveLength(count);
  });

  it.each([
    ['is not divided by a known split waits', rows(100, 100, 10, 10), { [sessionAt(2)]: 10 }, 'waits'],
    ['is divided by it is taken', rows(10, 10, 9, 10), { [sessionAt(2)]: 10 }, 'taken'],
    ['begins with it is taken', rows(10, 10, 10), { [sessionAt(0)]: 10 }, 'taken'],
    ['ends before it is taken', rows(100, 100), { [sessionAt(2)]: 10 }, 'taken'],
    ['has the step on another day is doubtful', rows(100, 10, 10, 10), { [sessionAt(3)]: 10 }, 'doubtful'],
  ])('that %s', (_name, bars, known, kind) => {
    expect(judgeFirstHistory(bars, [], known).kind).toBe(kind);
  });
});

it.each<[string, Bar, boolean]>([
  ['in order', bar(TUE, 100), true],
  ['of a Saturday', bar('2025-06-07', 100), false],
  ['of a holiday', bar('2025-06-19', 100), false],
  ['with a close of zero', bar(TUE, 0), false],
  ['with a low above its close', bar(TUE, 100, { low: toMicros(101) }), false],
  ['with a high below its close', bar(TUE, 100, { high: toMicros(99) }), false],
])('a row %s is usable: %s', (_name, row, expected) => {
  expect(isRowUsable(row, calendar)).toBe(expected);
});
