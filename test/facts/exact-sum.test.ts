import { expect, test } from 'vitest';
import { sumOfMillions } from '../../src/facts/exact-sum.ts';

test('amounts with decimals of a million add up to the dollar', () => {
  expect(sumOfMillions([1.1, 2.2, -3.3])).toBe(0);
  expect(sumOfMillions([4_503_599_627, 0.000001])).toBe(4_503_599_627.000001);
  expect(sumOfMillions([])).toBe(0);
});
