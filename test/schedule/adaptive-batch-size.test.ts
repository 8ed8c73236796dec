import { expect, test } from 'vitest';
import { createAdaptiveBatchSize } from '../../src/schedule/adaptive-batch-size.ts';

/** The sizes of batches that took so many milliseconds, and of the one after them; 10 ms are wanted. */
const sizesAfter = (...tookMs: readonly number[]): number[] => {
  const batchSize = createAdaptiveBatchSize({ targetMs: 10, min: 20, max: 100 });
  const sizes = [batchSize.size()];
  for (const ms of tookMs) {
    batchSize.took(ms);
    sizes.push(batchSize.size());
  }
  return sizes;
};

test.each<[string, number[], number[]]>([
  ['at most doubles after quick batches, up to the maximum', [0, 0, 0, 0], [20, 40, 80, 100, 100]],
  ['becomes what fits into the time', [5, 16, 10], [20, 40, 25, 25]],
  ['drops at once after a slow one, to the minimum at least', [0, 0, 1_000], [20, 40, 80, 20]],
])('a batch %s', (_, tookMs, sizes) => {
  expect(sizesAfter(...tookMs)).toEqual(sizes);
});
