import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import {
  atLevelsOf,
  deepestCloseFirst,
  headlineFirst,
  isRise,
  nextLevel,
  outputOrder,
} from '../../src/slides/alert-kinds.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { rulesOf, sessionAt } from './samples.ts';

const about = { symbol: 'TEST', level: 1_000, sessions: 5, peakSession: sessionAt(0), peak: toMicros(100) };

const below = (window: number, price: number, session = sessionAt(5)): Alert => ({
  kind: 'drawdown',
  ...{ ...about, window, price: toMicros(price), session },
});

const value = (price: number): Alert => ({ ...below(252, price), kind: 'value' }) as Alert;

const day = (price: number, session = sessionAt(5)): Alert => ({
  kind: 'day',
  ...{ symbol: 'TEST', session, level: 700, price: toMicros(price), previous: toMicros(100), worstSince: null },
});

test('the headline is a depth, then value lost, then the day; of equal falls that of the longest window', () => {
  const all = [day(50), value(85), below(20, 85), below(252, 85), below(10, 80)];
  expect(all.toSorted(headlineFirst)).toEqual([below(10, 80), below(252, 85), below(20, 85), value(85), day(50)]);
});

test('of several closes the farthest below its peak is first, the later of equals, a day’s fall last', () => {
  const all = [day(50), below(252, 85), below(20, 85, sessionAt(6)), below(252, 80)];
  expect(all.toSorted(deepestCloseFirst)).toEqual([
    below(252, 80),
    below(20, 85, sessionAt(6)),
    below(252, 85),
    day(50),
  ]);
  expect([day(50), day(90, sessionAt(6))].toSorted(deepestCloseFirst)[0]).toEqual(day(90, sessionAt(6)));
});

const above = (price: number, session = sessionAt(5)): Alert => ({
  kind: 'rise',
  ...{ symbol: 'TEST', level: 1_000, sessions: 5, lowSession: sessionAt(0), low: toMicros(50), window: 252 },
  ...{ price: toMicros(price), session },
});

const dayRise = (price: number, session = sessionAt(5)): Alert => ({
  kind: 'day-rise',
  ...{ symbol: 'TEST', session, level: 700, price: toMicros(price), previous: toMicros(40), bestSince: null },
});

test('rises stand after falls, that from the low before that of the day; the larger is first', () => {
  const all = [dayRise(45), above(60), above(75), day(50)];
  expect(all.toSorted(headlineFirst)).toEqual([day(50), above(75), above(60), dayRise(45)]);
  expect(all.toSorted(outputOrder).map(({ kind }) => kind)).toEqual(['day', 'rise', 'rise', 'day-rise']);
  expect(all.map(isRise)).toEqual([true, true, true, false]);
});

test('of several closes a fall is first, then the farthest above its low, the later of equals, a day’s rise last', () => {
  const all = [dayRise(45, sessionAt(7)), above(60), above(60, sessionAt(6)), above(75), day(50)];
  expect(all.toSorted(deepestCloseFirst)).toEqual([
    day(50),
    above(75),
    above(60, sessionAt(6)),
    above(60),
    dayRise(45, sessionAt(7)),
  ]);
});

test('a rise is matched to a channel’s own levels, above those that had fired', () => {
  const rules = { ...rulesOf(252, [5]), rise: [500, 1_000, 2_000], dayRise: [600] };
  expect(atLevelsOf(rules, { ...above(60), level: 1_500 })?.level).toBe(1_000);
  expect(atLevelsOf(rules, { ...above(60), level: 1_500, above: 1_000 })).toBeUndefined();
  expect(atLevelsOf(rules, dayRise(45))?.level).toBe(600);
  expect(atLevelsOf(rulesOf(252, [5]), dayRise(45))).toBeUndefined();
  expect(nextLevel(rules, above(60))).toBe(2_000);
});

test('the next level is deeper than the one reached, and of the same window', () => {
  const rules = rulesOf(252, [5, 10, 20]);
  expect(nextLevel(rules, below(252, 85))).toBe(2_000);
  expect(nextLevel(rulesOf(252, [5, 10]), below(252, 85))).toBeUndefined();
  expect(nextLevel(rules, below(20, 85))).toBeUndefined();
  expect(nextLevel(rules, value(85))).toBeUndefined();
});
