import { expect, test } from 'vitest';
import { themes } from '../../src/charts/theme.ts';
import { TONE_NAMES } from '../../src/stories/tone.ts';

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
    const onGround = [theme.ink, theme.muted, theme.peak, ...TONE_NAMES.map((tone) => theme[tone]), ...theme.lines];
    const tags = [theme.price, ...TONE_NAMES.map((tone) => theme[tone])];
    for (const colour of onGround) expect(contrast(colour, theme.ground)).toBeGreaterThanOrEqual(4.5);
    for (const colour of tags) expect(contrast(theme.onTag, colour)).toBeGreaterThanOrEqual(4.5);
  },
);
