import { expect, test } from 'vitest';
import { toneOf } from '../../src/cards/tone.ts';
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
