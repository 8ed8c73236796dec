import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeLabel, spreadLabels } from '../../src/charts/label-placement.ts';

const box = (left: number, top: number) => ({ left, top, right: left + 60, bottom: top + 20 });

test('the first candidate is chosen if nothing is in the way', () => {
  expect(placeLabel([box(0, 0), box(100, 0)], [], [])).toEqual(box(0, 0));
});

test('a candidate that a line runs through gives way to a free one', () => {
  const steep = [
    [30, -100],
    [31, 100],
  ] as const;
  expect(placeLabel([box(0, 0), box(100, 0)], [], [steep])).toEqual(box(100, 0));
});

test('a line that does not touch a candidate has no effect', () => {
  const above = [
    [0, -40],
    [200, -40],
  ] as const;
  expect(placeLabel([box(0, 0), box(100, 0)], [], [above])).toEqual(box(0, 0));
});

test('a candidate on a line is preferred to one on another label', () => {
  const through = [
    [0, 10],
    [60, 10],
  ] as const;
  expect(placeLabel([box(100, 0), box(0, 0)], [box(110, 5)], [through])).toEqual(box(0, 0));
});

describe('spreading labels', () => {
  test('keeps labels with enough distance, and centres a crowded group on the middle of its members', () => {
    expect(spreadLabels([10, 100, 104], 20, 0, 200)).toEqual([10, 92, 112]);
    expect(spreadLabels([198, 199], 20, 0, 200)).toEqual([180, 200]);
    expect(spreadLabels([], 20, 0, 200)).toEqual([]);
  });

  test('keeps the order, the gaps and the bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 450 }), { maxLength: 8 }), (wanted) => {
        const placed = spreadLabels(wanted, 34, 0, 382);
        const sorted = placed.toSorted((a, b) => a - b);
        for (const [at, place] of sorted.entries()) {
          expect(place).toBeGreaterThanOrEqual(-1e-9);
          expect(place).toBeLessThanOrEqual(382 + 1e-9);
          if (at > 0) expect(place - (sorted[at - 1] ?? 0)).toBeGreaterThanOrEqual(34 - 1e-9);
        }
        for (const [a, x] of wanted.entries())
          for (const [b, y] of wanted.entries()) if (x < y) expect(placed[a]).toBeLessThan(placed[b] ?? 0);
      }),
    );
  });
});
