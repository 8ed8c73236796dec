import { expect, test } from 'vitest';
import { deepestOf } from '../../src/slides/past-depths.ts';
import { closesOf } from '../../src/slides/series.ts';
import { closing, sessionAt } from './samples.ts';

const deepest = (window: number, count: number, ...prices: readonly number[]) => {
  const found = deepestOf(closesOf(closing(...prices)), window, count);
  return found && [found.session, found.price / 1e6, found.peak / 1e6];
};

test('the deepest close is the one farthest below its own peak, not the lowest', () => {
  expect(deepest(252, 9, 100, 90, 200, 150)).toEqual([sessionAt(3), 150, 200]);
});

test('of equally deep closes it is the first', () => {
  expect(deepest(252, 9, 100, 80, 100, 80, 200, 160)).toEqual([sessionAt(1), 80, 100]);
});

test('only the last closes count, each from the peak of its window, which may lie before them', () => {
  expect(deepest(252, 2, 100, 50, 80, 90)).toEqual([sessionAt(2), 80, 100]);
  expect(deepest(2, 2, 100, 50, 80, 90)).toEqual([sessionAt(2), 80, 80]);
});

test('without a close there is none', () => {
  expect(deepest(252, 9)).toBeUndefined();
});
