import { expect, test } from 'vitest';
import { depthTicks } from '../../src/charts/depth-curve.ts';

test('the last grid line is the largest multiple of the step, at the edge of the pane if that is one', () => {
  expect(depthTicks(20, 5)).toEqual([0, 5, 10, 15, 20]);
  expect(depthTicks(24.9, 5)).toEqual([0, 5, 10, 15, 20]);
});
