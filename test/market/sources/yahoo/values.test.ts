import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortestDecimal } from '../../../../src/market/sources/yahoo/values.ts';

describe('the shortest decimal of a 32-bit float', () => {
  it('gives back every price in cents below 100,000', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (cents) => {
        expect(shortestDecimal(Math.fround(cents / 100))).toBe(cents / 100);
      }),
    );
  });

  it('stays the same 32-bit float, whatever the price', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(1e-6), max: Math.fround(1e9), noNaN: true }), (price) => {
        expect(Math.fround(shortestDecimal(price))).toBe(price);
      }),
    );
  });

  it('leaves a price alone that is not a 32-bit float', () => {
    expect(shortestDecimal(220.003)).toBe(220.003);
  });
});
