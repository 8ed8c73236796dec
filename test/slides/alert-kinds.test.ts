import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import { deepestCloseFirst, headlineFirst, nextLevel } from '../../src/slides/alert-kinds.ts';
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

test('the next level is deeper than the one reached, and of the same window', () => {
  const rules = rulesOf(252, [5, 10, 20]);
  expect(nextLevel(rules, below(252, 85))).toBe(2_000);
  expect(nextLevel(rulesOf(252, [5, 10]), below(252, 85))).toBeUndefined();
  expect(nextLevel(rules, below(20, 85))).toBeUndefined();
  expect(nextLevel(rules, value(85))).toBeUndefined();
});
