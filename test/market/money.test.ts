import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromMicros, toMicros } from '../../src/market/money.ts';

test.each([
  [103.73, 103_730_000],
  [0.097917, 97_917],
  [18647.45, 18_647_450_000],
  [0.0000005, 1],
  [0.0000004, 0],
])('%f is %i micro-units', (price, micros) => {
  expect(toMicros(price)).toBe(micros);
});

test('a price of up to six decimals comes back as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (micros) => {
      const written = (micros / 1e6).toFixed(6);
      expect(toMicros(Number(written))).toBe(micros);
      expect(fromMicros(micros)).toBe(Number(written));
    }),
  );
});

test('NaN and infinities are passed through, for the caller to refuse', () => {
  expect(toMicros(Number.NaN)).toBeNaN();
  expect(toMicros(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});
