import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import { dayTone } from '../../src/stories/day-tone.ts';
import { shipped } from '../slides/samples.ts';

const toneOf = (percent: number, unit: 'usd' | 'points'): string =>
  dayTone({ price: toMicros(1000 + percent * 10), previous: toMicros(1000), unit }, percent);

test.each([
  ['usd', 'stock'],
  ['points', 'index'],
] as const)('the tones of a price in %s begin at the day levels of the watchlist for a %s', (unit, kind) => {
  const [first = 0, second = 0, third = 0] = shipped[kind].day.map((level) => level / 100);
  const tones = [first / 2, first, second, third].map((percent) => toneOf(-percent, unit));
  expect(tones).toEqual(['amber', 'orange', 'red', 'darkred']);
  const milder = [first / 2, first, second, third].map((percent) => toneOf(-percent + 0.01, unit));
  expect(milder).toEqual(['calm', 'amber', 'orange', 'red']);
});

test('a rise has a colour of its own, and a move that is shown as 0 is calm', () => {
  expect(toneOf(0.1, 'usd')).toBe('rise');
  expect(dayTone({ price: toMicros(1000.3), previous: toMicros(1000) }, 0)).toBe('calm');
  expect(dayTone({ price: toMicros(999.7), previous: toMicros(1000) }, 0)).toBe('calm');
});
