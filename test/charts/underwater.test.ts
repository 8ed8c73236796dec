import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceOf, underwater } from '../../src/charts/underwater.ts';
import { seriesFrom } from './specs.ts';

const depths = (...given: Parameters<typeof underwater>): readonly number[] => underwater(...given).map(distanceOf);

/** The definition, without the sliding window. */
const bruteForce = (closes: readonly number[], window: number): readonly number[] =>
  closes.map((close, index) => close / Math.max(...closes.slice(Math.max(0, index - window + 1), index + 1)) - 1);

test('the depth is the close over the highest close of the window, as by brute force', () => {
  const closes = fc.array(fc.double({ min: 0.5, max: 1_000_000, noNaN: true }), { maxLength: 120 });
  fc.assert(
    fc.property(closes, fc.integer({ min: 1, max: 130 }), (values, window) => {
      expect(depths(seriesFrom('2024-01-02', values), window)).toEqual(bruteForce(values, window));
    }),
  );
});

test('a peak leaves the window after as many sessions as the window is long', () => {
  expect(depths(seriesFrom('2024-01-02', [100, 50, 50, 50]), 3)).toEqual([0, -0.5, -0.5, 0]);
});

test('every point is measured from a peak before the first point', () => {
  const points = seriesFrom('2024-07-01', [100, 75]);
  expect(depths(points, 252, { session: '2024-06-18', close: 125 })).toEqual([-0.19999999999999996, -0.4]);
});

test('a peak that the quote pushes one session out of the window still counts', () => {
  const points = seriesFrom('2024-07-01', [100, 80, 80, 50]);
  expect(depths(points, 3, points[0])[3]).toBe(-0.5);
  expect(depths(points, 3)[3]).toBe(50 / 80 - 1);
});

test('points before the peak are measured from their own window', () => {
  const points = seriesFrom('2024-07-01', [50, 40, 100, 90]);
  expect(depths(points, 252, points[2])).toEqual([0, 40 / 50 - 1, 0, 90 / 100 - 1]);
});

test('a given peak counts from its own session on', () => {
  const points = seriesFrom('2024-07-01', [80, 80, 80]);
  const peak = { session: points[1]?.session ?? '', close: 100 };
  expect(underwater(points, 252, peak).map((point) => point.base)).toEqual([80, 100, 100]);
});
