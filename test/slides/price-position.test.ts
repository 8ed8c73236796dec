import { describe, expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import { pricePositionOf, rangeWithin } from '../../src/slides/price-position.ts';
import { closing, sessionAt } from './samples.ts';

const quoteIn = (session: string, price: number) => ({ session, price: toMicros(price) });

describe('the latest price', () => {
  test('is the quote of a session without a close', () => {
    expect(pricePositionOf(closing(100, 90), quoteIn(sessionAt(2), 80))).toMatchObject({
      ...{ price: toMicros(80), session: sessionAt(2), final: false },
      before: { closes: [toMicros(100), toMicros(90)] },
    });
  });

  test('is the close once the session of the quote has one', () => {
    expect(pricePositionOf(closing(100, 90), quoteIn(sessionAt(1), 80))).toMatchObject({
      ...{ price: toMicros(90), session: sessionAt(1), final: true },
      before: { closes: [toMicros(100)] },
    });
  });

  test('is a quote alone, or nothing', () => {
    expect(pricePositionOf([], quoteIn(sessionAt(0), 80))?.final).toBe(false);
    expect(pricePositionOf([], undefined)).toBeUndefined();
  });
});

test('the range of a window counts the latest price as one of its closes', () => {
  const position = pricePositionOf(closing(50, 200, 100, 110), quoteIn(sessionAt(4), 105));
  if (!position) throw new Error('expected a position');
  const range = (window: number) => Object.values(rangeWithin(position, window)).map((micros) => micros / 1e6);
  expect([range(1), range(3), range(4), range(5)]).toEqual([
    [105, 105],
    [100, 110],
    [100, 200],
    [50, 200],
  ]);
});
