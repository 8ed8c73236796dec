import { expect, test } from 'vitest';
import { placeLabel } from '../../src/charts/place-label.ts';

const box = (left: number, top: number) => ({ left, top, right: left + 60, bottom: top + 20 });

test('the first candidate is taken where nothing is in the way', () => {
  expect(placeLabel([box(0, 0), box(100, 0)], [], [])).toEqual(box(0, 0));
});

test('a candidate that a line runs through gives way to a free one', () => {
  const steep = [
    [30, -100],
    [31, 100],
  ] as const;
  expect(placeLabel([box(0, 0), box(100, 0)], [], [steep])).toEqual(box(100, 0));
});

test('a line that passes beside a candidate does not disturb it', () => {
  const above = [
    [0, -40],
    [200, -40],
  ] as const;
  expect(placeLabel([box(0, 0), box(100, 0)], [], [above])).toEqual(box(0, 0));
});

test('crossing a line is better than covering another label', () => {
  const through = [
    [0, 10],
    [60, 10],
  ] as const;
  expect(placeLabel([box(100, 0), box(0, 0)], [box(110, 5)], [through])).toEqual(box(0, 0));
});
