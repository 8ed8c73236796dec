import { expect, test } from 'vitest';
import { depthColour, themes } from '../../src/charts/theme.ts';

/** WCAG 2.2 relative luminance and contrast ratio. */
const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

test.each(Object.entries(themes))(
  'every text of the %s theme has a contrast of at least 4.5 to its background',
  (_, theme) => {
    const onGround = [
      theme.ink,
      theme.muted,
      theme.peak,
      theme.calm,
      theme.amber,
      theme.orange,
      theme.red,
      theme.darkred,
      ...theme.lines,
    ];
    const tags = [theme.price, theme.calm, theme.amber, theme.orange, theme.red, theme.darkred];
    for (const colour of onGround) expect(contrast(colour, theme.ground)).toBeGreaterThanOrEqual(4.5);
    for (const colour of tags) expect(contrast(theme.onTag, colour)).toBeGreaterThanOrEqual(4.5);
  },
);

test.each([
  [3, 'calm'],
  [-4.99, 'calm'],
  [-5, 'amber'],
  [-9.99, 'amber'],
  [-10, 'orange'],
  [-19.99, 'orange'],
  [-20, 'red'],
  [-39.99, 'red'],
  [-40, 'darkred'],
  [-99, 'darkred'],
] as const)('a change of %d percent is %s', (percent, tone) => {
  expect(depthColour(themes.dark, percent)).toBe(themes.dark[tone]);
});
