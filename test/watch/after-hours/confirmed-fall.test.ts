import { describe, expect, it } from 'vitest';
import { toMicros } from '../../../src/market/money.ts';
import { confirmedFall, type Trade, withTrade } from '../../../src/watch/after-hours/confirmed-fall.ts';

const CLOSE = toMicros(100);
const MINUTE = 60_000;

/** One trade a minute, from minute 1 on; `null` is a minute without. */
const trades = (...prices: readonly (number | null)[]): Trade[] =>
  prices.flatMap((price, at) => (price === null ? [] : [{ price: toMicros(price), tradeTime: (at + 1) * MINUTE }]));

/** As seen a second after the last trade. */
const found = (list: readonly Trade[], level = 500): number | undefined =>
  confirmedFall(list, CLOSE, level, (list.at(-1)?.tradeTime ?? 0) + 1_000)?.tradeTime;

describe('a fall after the bell', () => {
  it('is confirmed by trades over three minutes that are all down by the level', () => {
    expect(found(trades(94, 94, 94))).toBeUndefined();
    expect(found(trades(94, 94, 94, 94))).toBe(4 * MINUTE);
    expect(found(trades(94, null, 94, 94))).toBe(4 * MINUTE);
    expect(found(trades(94, null, null, 94))).toBeUndefined();
  });

  it('counts the level exactly: 5% is 5%, and a cent less is not', () => {
    expect(found(trades(95, 95, 95, 95))).toBe(4 * MINUTE);
    expect(found(trades(95, 95, 95, 95.01))).toBeUndefined();
    expect(found(trades(95.01, 95, 95, 95))).toBeUndefined();
    expect(found(trades(95, 95, 95, 95), 700)).toBeUndefined();
  });

  it('begins anew where two trades are more than 5% apart, up or down', () => {
    expect(found(trades(90, 90, 90, 85, 85))).toBeUndefined();
    expect(found(trades(90, 90, 90, 86, 86))).toBe(5 * MINUTE);
    expect(found(trades(80, 81, 80, 85, 85))).toBeUndefined();
    expect(found(trades(90, 90, 90, 85, 85, 85, 85))).toBe(7 * MINUTE);
  });

  it('waits for ten minutes if it began with a jump by more than 20%', () => {
    const jumped = trades(78, 78, 78, 78, 78, 78, 78, 78, 78, 78, 78);
    expect(found(jumped.slice(0, 10))).toBeUndefined();
    expect(found(jumped)).toBe(11 * MINUTE);
    expect(found(trades(97, 77, 77, 77, 77))).toBeUndefined();
    expect(found(trades(97, 80, 80, 80, 80))).toBe(5 * MINUTE);
  });

  it('is not told while trading stands still: two trades must be of the last two minutes', () => {
    const list = trades(94, 94, 94, 94);
    const last = 4 * MINUTE;
    expect(confirmedFall(list, CLOSE, 500, last + MINUTE)?.tradeTime).toBe(last);
    expect(confirmedFall(list, CLOSE, 500, last + MINUTE + 1)).toBeUndefined();
  });

  it('is none of a rise, nor of no trades', () => {
    expect(found(trades(110, 110, 110, 110))).toBeUndefined();
    expect(found([])).toBeUndefined();
  });
});

it('a trade that is known already, or older, is not a new one', () => {
  const list = trades(94, 94);
  expect(withTrade(list, { price: toMicros(93), tradeTime: 2 * MINUTE })).toBe(list);
  expect(withTrade(list, { price: toMicros(93), tradeTime: MINUTE })).toBe(list);
  expect(withTrade(list, { price: toMicros(93), tradeTime: 3 * MINUTE })).toHaveLength(3);
});
