import { expect, test } from 'vitest';
import { styleSheet } from '../../src/board/page/assets.ts';
import { PALETTES, type Palette, TONE_NAMES } from '../../src/stories/tone.ts';

/** Custom properties of the style sheet; the second value of a name is the light one. */
const valuesOf = (name: string, falls: Palette): readonly string[] =>
  [...styleSheet('system', falls).matchAll(new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`, 'g'))].map(
    ([, value = '']) => value,
  );

/** WCAG 2.2, relative luminance. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (a: string, b: string): number => {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
};

const inks = ['ink', 'muted', 'link', 'price', 'wrong', 'warning', ...TONE_NAMES];

const pairs = [
  ...inks.flatMap((ink) => ['page', 'surface'].map((ground) => [ink, ground] as const)),
  ...['rise', ...inks].map((ink) => [ink, 'reference'] as const),
];

test.each(PALETTES.flatMap((falls) => pairs.map(([ink, ground]) => [ink, ground, falls] as const)))(
  '%s reads well on %s, dark and light, where falls are %s (WCAG AA, 4.5 to 1)',
  (ink, ground, falls) => {
    for (const theme of [0, 1]) {
      const [front, back] = [valuesOf(ink, falls)[theme], valuesOf(ground, falls)[theme]];
      if (front === undefined || back === undefined)
        throw new Error(`Expected two values each of ${ink} and ${ground}`);
      expect(contrast(front, back)).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test('what is wrong is told in the same colours where falls are blue', () => {
  for (const name of ['wrong', 'warning']) {
    expect(valuesOf(name, 'blue')).toEqual(valuesOf(name, 'red'));
    expect(valuesOf(name, 'blue')).toHaveLength(2);
  }
  expect(valuesOf('wrong', 'blue')).not.toEqual(valuesOf('red', 'blue'));
  expect(styleSheet('system', 'blue')).toMatch(/\.lamp\.bad \{[^}]*var\(--wrong\)/);
});
