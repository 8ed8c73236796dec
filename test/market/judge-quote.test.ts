import { describe, expect, it } from 'vitest';
import { type BelievedPrice, isJump, judgeQuote } from '../../src/market/judge-quote.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { RawQuote } from '../../src/market/quote.ts';
import { isSplitLike } from '../../src/market/splits.ts';

const MINUTE = 60_000;
const calendar = loadCalendar();
/** Tuesday, 12:00 in New York. */
const NOON = Date.parse('2025-06-03T16:00:00Z');
/** Saturday. */
const CLOSED = Date.parse('2025-06-07T16:00:00Z');

const raw = (price: number | null, tradeTime: number | null, more: Partial<RawQuote> = {}): RawQuote => ({
  symbol: 'NVDA',
  price: price === null ? null : toMicros(price),
  tradeTime,
  marketState: 'regular',
  delayMinutes: 0,
  source: 'test',
  ...more,
});

const last: BelievedPrice = { price: toMicros(100), tradeTime: NOON - 2 * MINUTE };

const verdictOf = (quote: RawQuote, memory: BelievedPrice | undefined, now = NOON): string => {
  const verdict = judgeQuote(quote, memory, calendar, now);
  return 'quote' in verdict ? 'used' : verdict.refusal;
};

describe('a quote', () => {
  it.each<[string, RawQuote, BelievedPrice | undefined, string]>([
    ['that is newer and near is used', raw(99, NOON - 1), last, 'used'],
    ['that is the first ever is used', raw(99, NOON - 1), undefined, 'used'],
    ['without a price is not', raw(null, NOON - 1), last, 'no price'],
    ['at zero is not', raw(0, NOON - 1), last, 'no price'],
    ['below zero is not', raw(-1, NOON - 1), last, 'no price'],
    ['without a trade time is not', raw(99, null), last, 'no trade time'],
    ['of the trade that was used last is refused', raw(99, last.tradeTime), last, 'not newer'],
    ['of an older trade is refused', raw(99, last.tradeTime - 1), last, 'not newer'],
    ['25 % away is used', raw(75, NOON - 1), last, 'used'],
    ['a hair more than 25 % below waits', raw(74.999999, NOON - 1), last, 'jump waits'],
    ['more than 25 % above waits', raw(126, NOON - 1), last, 'jump waits'],
    ['of a symbol without a price before is used', raw(1, NOON - 1), undefined, 'used'],
  ])('%s', (_name, quote, memory, expected) => {
    expect(verdictOf(quote, memory)).toBe(expected);
  });

  it.each([
    [0, 15, 'used'],
    [0, 15.1, 'stale'],
    [15, 30, 'used'],
    [15, 30.1, 'stale'],
    [20, 35, 'used'],
  ])('of a source %i minutes behind, %f minutes old, is %s while the market is open', (delayMinutes, age, expected) => {
    const memory = { ...last, tradeTime: NOON - 60 * MINUTE };
    expect(verdictOf(raw(99, NOON - age * MINUTE, { delayMinutes }), memory)).toBe(expected);
  });

  it('may be of any age while the market is closed, and belongs to the session of its trade', () => {
    const friday = Date.parse('2025-06-06T20:00:00Z');
    const verdict = judgeQuote(raw(99, friday), last, calendar, CLOSED);
    expect(verdict).toMatchObject({ quote: { session: '2025-06-06', price: toMicros(99) } });
  });

  it('that is used is what the next one is judged by', () => {
    const { memory } = judgeQuote(raw(90, NOON - 1), last, calendar, NOON);
    expect(memory).toEqual({ price: toMicros(90), tradeTime: NOON - 1 });
  });
});

/** Polls a minute apart: a price, null for none, or `same` for the trade of the poll before. Returns the verdicts. */
const polls = (...prices: readonly (number | null | 'same')[]): string[] => {
  let memory: BelievedPrice | undefined = { price: toMicros(100), tradeTime: NOON };
  let before: RawQuote = raw(100, NOON);
  return prices.map((price, n) => {
    const now = NOON + (n + 1) * MINUTE;
    const quote = price === 'same' ? before : raw(price, now - 1_000);
    before = quote;
    const verdict = judgeQuote(quote, memory, calendar, now);
    memory = verdict.memory;
    return 'quote' in verdict ? 'used' : verdict.refusal;
  });
};

describe('a jump', () => {
  it.each<[string, (number | null | 'same')[], string[]]>([
    ['is used once the next quote agrees', [60, 61, 62], ['jump waits', 'used', 'used']],
    ['is not confirmed by the same trade', [60, 'same', 61], ['jump waits', 'jump waits', 'used']],
    ['that goes back is dropped', [60, 99, 98], ['jump waits', 'used', 'used']],
    ['that the next quote contradicts starts to wait again', [60, 28, 27], ['jump waits', 'jump waits', 'used']],
    ['up after a jump down waits as well', [60, 160, 161], ['jump waits', 'jump waits', 'used']],
    ['waits through a poll without a price', [60, null, 61], ['jump waits', 'no price', 'used']],
    ['can still be confirmed at the third poll', [60, null, null, 61], ['jump waits', 'no price', 'no price', 'used']],
    [
      'is dropped after three polls without confirmation',
      [60, null, null, null, 61, 62],
      ['jump waits', 'no price', 'no price', 'no price', 'jump waits', 'used'],
    ],
    [
      'is dropped after three polls with the same trade, which count as polls without confirmation',
      [60, 'same', 'same', 'same', 61, 62],
      ['jump waits', 'jump waits', 'jump waits', 'jump waits', 'jump waits', 'used'],
    ],
  ])('%s', (_name, prices, expected) => {
    expect(polls(...prices)).toEqual(expected);
  });

  it.each<[string, RawQuote, string]>([
    ['agrees', raw(61, NOON - 2_000, { source: 'second' }), 'used'],
    ['still has the price before', raw(100, NOON - 2_000), 'jump waits'],
    ['is as far away on the other side', raw(140, NOON - 2_000), 'jump waits'],
    ['has jumped elsewhere', raw(30, NOON - 2_000), 'jump waits'],
    ['is between the two', raw(76, NOON - 2_000), 'jump waits'],
    ['has no newer trade', raw(61, last.tradeTime), 'jump waits'],
    ['has a stale trade', raw(61, NOON - 16 * MINUTE), 'jump waits'],
    ['has no price', raw(null, NOON - 2_000), 'jump waits'],
    ['has no trade time', raw(61, null), 'jump waits'],
  ])('is judged at once if a second source %s', (_name, second, expected) => {
    const verdict = judgeQuote(raw(60, NOON - 1_000), last, calendar, NOON, second);
    expect('quote' in verdict ? 'used' : verdict.refusal).toBe(expected);
    if ('quote' in verdict) expect(verdict.quote).toMatchObject({ price: toMicros(60), source: 'test' });
  });

  it('that is a common split waits, even if a second source agrees', () => {
    const verdict = judgeQuote(raw(50, NOON - 1_000), last, calendar, NOON, raw(50, NOON - 1_000));
    expect(verdict).toMatchObject({ refusal: 'looks like a split' });
  });

  it('that is a common split is not believed for a day, even if confirmed', () => {
    const verdicts = polls(10, 10.1, 10.2, null, 10.1, 10);
    expect(verdicts.filter((verdict) => verdict !== 'no price')).toEqual(Array(5).fill('looks like a split'));
  });

  it('that is a common split is an ordinary jump after that day', () => {
    const held: BelievedPrice = {
      price: toMicros(100),
      tradeTime: NOON - 1,
      jump: { price: toMicros(10), tradeTime: NOON, polls: 9, since: NOON },
    };
    const nextDay = NOON + 24 * 60 * MINUTE;
    expect(judgeQuote(raw(10, nextDay - 1_000), held, calendar, nextDay)).toMatchObject({
      quote: { price: toMicros(10) },
    });
  });

  it.each([
    [100, 10, true],
    [100, 9.6, true],
    [100, 50, true],
    [100, 66.7, true],
    [10, 100, true],
    [100, 74, false],
    [100, 60, false],
    [100, 78, false],
  ])('from %d to %d is a split: %s', (from, to, expected) => {
    expect(isSplitLike(toMicros(from), toMicros(to))).toBe(expected);
  });

  it('is measured from the price before, in whole numbers', () => {
    expect([isJump(100, 75), isJump(100, 74), isJump(100, 125), isJump(100, 126)]).toEqual([false, true, false, true]);
  });
});
