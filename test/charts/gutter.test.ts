import fc from 'fast-check';
import { expect, test } from 'vitest';
import { besideLabel, gutter, placeLabels, placeTags } from '../../src/charts/gutter.ts';
import { themes } from '../../src/charts/theme.ts';
import { outside, overlapping, texts } from './read-svg.ts';

const theme = themes.dark;
const at = (...heights: number[]) => heights.map((y) => ({ y, label: String(y) }));
const tag = (y: number) => ({ y, label: '−23.5%', fill: theme.text.red });

test('a label that a tag leaves room for stays, one up to four units too near moves away, a nearer one goes', () => {
  const kept = (y: number) => placeLabels(at(y), [tag(200)]).map((label) => label.y);
  expect(kept(166)).toEqual([166]);
  expect(kept(168)).toEqual([166]);
  expect(kept(230)).toEqual([234]);
  expect(kept(171)).toEqual([]);
  expect(kept(200)).toEqual([]);
});

test('a label does not move into another tag', () => {
  expect(placeLabels(at(168), [tag(200), tag(133)])).toEqual([]);
});

test('of two labels that are too close together the first stays', () => {
  expect(placeLabels(at(100, 110, 140), []).map(({ y }) => y)).toEqual([100, 140]);
});

test('a tag moves up to eight units away from a label that has to stay', () => {
  const level = { y: 200, label: '−20%' };
  expect(besideLabel(tag(230), level).y).toBe(234);
  expect(besideLabel(tag(172), level).y).toBe(166);
  expect(besideLabel(tag(225), level).y).toBe(225);
  expect(besideLabel(tag(240), level).y).toBe(240);
  expect(besideLabel(tag(230), undefined).y).toBe(230);
});

test('a label that is wider than the gutter is left out', () => {
  expect(placeLabels([{ y: 100, label: '1,000,000.00' }], [])).toEqual([]);
});

test('two tags move apart and stay between top and bottom', () => {
  expect(placeTags([tag(200), tag(210)], 0, 400).map(({ y }) => y)).toEqual([185, 225]);
  expect(placeTags([tag(5), tag(399)], 0, 400).map(({ y }) => y)).toEqual([19, 381]);
});

test('labels and tags never touch and never leave the picture', () => {
  const height = fc.integer({ min: 40, max: 520 });
  fc.assert(
    fc.property(fc.array(height, { maxLength: 14 }), fc.array(height, { maxLength: 3 }), (labels, tags) => {
      const placed = placeTags(tags.map(tag), 20, 540);
      const svg = `<svg viewBox="0 0 1000 560">${gutter(placeLabels(at(...labels), placed), placed, theme)}</svg>`;
      expect(outside(svg)).toEqual([]);
      expect(overlapping(svg)).toEqual([]);
      expect(texts(svg).length).toBeGreaterThanOrEqual(tags.length);
    }),
    { numRuns: 300 },
  );
});
