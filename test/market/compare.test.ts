import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeInBasisPoints,
  compareRatios,
  deepestReached,
  isDown,
  isRecovered,
  productAtMost,
} from '../../src/market/compare.ts';

const price = fc.integer({ min: 1, max: 9_000_000_000_000_000 });
const level = fc.integer({ min: 1, max: 9_999 });

/** Pairs exactly on a level or one micro-unit off, where floats go wrong. */
const nearLevel = fc
  .record({ unit: fc.integer({ min: 1, max: 900_000_000_000 }), level, off: fc.integer({ min: -1, max: 1 }) })
  .map(({ unit, level, off }) => ({ peak: unit * 10_000, price: unit * (10_000 - level) + off, level }));

test('all of the 19,801 cent pairs that are exactly -20.00 % have reached 20 %, and not one micro-unit higher', () => {
  const pairs = Array.from({ length: 19_801 }, (_, n) => {
    const cents = 1_000 + 5 * n;
    return { peak: cents * 10_000, price: cents * 8_000, naive: (cents * 0.8) / 100 / (cents / 100) - 1 <= -0.2 };
  });
  expect(pairs.filter(({ price, peak }) => isDown(price, peak, 2_000))).toHaveLength(19_801);
  expect(pairs.filter(({ price, peak }) => isDown(price + 1, peak, 2_000))).toHaveLength(0);
  expect(pairs.filter(({ naive }) => !naive).length).toBeGreaterThan(1_000);
});

test('a level is reached exactly if price x 10000 <= peak x (10000 - level) in whole numbers', () => {
  fc.assert(
    fc.property(fc.oneof(fc.record({ peak: price, price, level }), nearLevel), ({ peak, price, level }) => {
      expect(isDown(price, peak, level)).toBe(BigInt(price) * 10_000n <= BigInt(peak) * (10_000n - BigInt(level)));
    }),
    { numRuns: 2_000 },
  );
});

test('two ratios are compared as whole numbers, also where the quotients are equal as floats', () => {
  const ratio = fc.record({ price, reference: price });
  const near = fc
    .record({ ratio, off: fc.integer({ min: -1, max: 1 }) })
    .map(({ ratio, off }) => [ratio, { ...ratio, price: Math.max(0, ratio.price + off) }] as const);
  fc.assert(
    fc.property(fc.oneof(fc.tuple(ratio, ratio), near), ([a, b]) => {
      const difference = BigInt(a.price) * BigInt(b.reference) - BigInt(b.price) * BigInt(a.reference);
      const sign = difference === 0n ? 0 : difference < 0n ? -1 : 1;
      expect(compareRatios(a.price, a.reference, b.price, b.reference)).toBe(sign);
    }),
    { numRuns: 2_000 },
  );
});

test('a level re-arms exactly if price x 20000 > peak x (20000 - level) in whole numbers', () => {
  const nearHalf = nearLevel.map(({ peak, level, price }) => ({ peak, level, price: peak - (peak - price) / 2 }));
  fc.assert(
    fc.property(fc.oneof(fc.record({ peak: price, price, level }), nearHalf), ({ peak, price: near, level }) => {
      const price = Math.floor(near);
      expect(isRecovered(price, peak, level)).toBe(BigInt(price) * 20_000n > BigInt(peak) * (20_000n - BigInt(level)));
    }),
    { numRuns: 2_000 },
  );
});

test('products are compared exactly, however close and however large', () => {
  const big = Number.MAX_SAFE_INTEGER;
  const near = fc.integer({ min: big - 1_000, max: big });
  fc.assert(
    fc.property(fc.oneof(near, price), fc.oneof(near, price), near, near, (a, b, c, d) => {
      expect(productAtMost(a, b, c, d)).toBe(BigInt(a) * BigInt(b) <= BigInt(c) * BigInt(d));
    }),
    { numRuns: 2_000 },
  );
  expect(productAtMost(0, big, 0, 1)).toBe(true);
});

test.each([
  [89, 0],
  [80.01, 0],
  [80, 2_000],
  [70.01, 2_000],
  [70, 3_000],
  [1, 3_000],
])(
  'of the levels 20 and 30 percent below 100, the deepest that a price of %f has reached is %i basis points',
  (price, reached) => {
    expect(deepestReached(price * 1e6, 100e6, [2_000, 3_000])).toBe(reached);
  },
);

test.each([
  [103.73, 135.58, -2349],
  [17342.41, 18647.45, -700],
  [1.00005, 1, 1],
  [0.99995, 1, -1],
  [1.000049, 1, 0],
  [0.999951, 1, 0],
  [2, 1, 10_000],
  [1, 1, 0],
])('the change to %f from %f is %i basis points, rounded half away from zero', (price, reference, change) => {
  expect(changeInBasisPoints(Math.round(price * 1e6), Math.round(reference * 1e6))).toBe(change);
});
