import { expect, test } from 'vitest';
import { deepestTone, toneOf } from '../../src/cards/tone.ts';
import { toMicros } from '../../src/market/money.ts';
import { storyAt } from './stories.ts';

const at = (peak: number, previous: number, price: number) =>
  storyAt(
    {
      symbol: 'NVDA',
      session: '2024-07-30',
      close: price,
      previous,
      peak: { price: peak, session: '2024-06-18', sessions: 28 },
    },
    {},
  );

test.each([
  [100, 95.01, 'calm'],
  [100, 95, 'amber'],
  [100, 90.000001, 'amber'],
  [100, 90, 'orange'],
  // 19.996% prints as 20.0 and is not 20.
  [100, 80.004, 'orange'],
  [100, 80, 'red'],
  [100, 60, 'darkred'],
] as const)('from a peak of %d a price of %d is %s', (peak, price, tone) => {
  expect(toneOf(at(peak, price, price))).toBe(tone);
});

test('the deeper of the day and the drawdown decides', () => {
  expect(toneOf(at(101, 100, 88))).toBe('orange');
  expect(toneOf(at(120, 90, 88))).toBe('red');
});

test('without a peak and a day the tone is calm', () => {
  const { day: _day, peak: _peak, ...bare } = at(100, 100, 50);
  expect(toneOf(bare)).toBe('calm');
  const day = { previous: toMicros(100), recordFrom: '2022-01-03' };
  expect(toneOf({ ...bare, day })).toBe('darkred');
});

test('of several tones the deepest applies', () => {
  expect(deepestTone(['calm', 'red', 'amber'])).toBe('red');
  expect(deepestTone(['calm'])).toBe('calm');
});
