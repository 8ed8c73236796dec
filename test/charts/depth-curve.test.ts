import { expect, test } from 'vitest';
import { depthTicks } from '../../src/charts/depth-curve.ts';

const depthsOf = (...given: Parameters<typeof depthTicks>): readonly number[] => depthTicks(...given).map(Math.abs);

test('the last grid line is the deepest multiple of the step, at the bottom of the pane if that is one', () => {
  expect(depthsOf(20, (step) => step >= 5)).toEqual([0, 5, 10, 15, 20]);
  expect(depthsOf(24.9, (step) => step >= 5)).toEqual([0, 5, 10, 15, 20]);
});

test('the step is the smallest that fits, and 50% if none does', () => {
  expect(depthsOf(8, (step) => step >= 3)).toEqual([0, 5]);
  expect(depthsOf(100, () => false)).toEqual([0, 50, 100]);
});
