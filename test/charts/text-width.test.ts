import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { cutToWidth, textWidth } from '../../src/charts/text-width.ts';

const fontFiles = ['500Medium/Inter_500Medium.ttf', '700Bold/Inter_700Bold.ttf'].map((file) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`),
);

/** Drawn width of a label between two capitals, so that spaces and side bearings count. */
const drawnWidth = (label: string, weight: number): number => {
  const widthOf = (content: string): number => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text x="50" y="150" font-family="Inter" font-size="100" font-weight="${weight}">${content}</text></svg>`;
    return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).innerBBox()?.width ?? 0;
  };
  return widthOf(`H${label}H`) - widthOf('HH');
};

test.each(['0123456789', '−23.5% +1.2%', '17,342.41', '2024-06-18', '^IXIC', 'ABCDEFGHIJKLM', 'NOPQRSTUVWXYZ'])(
  'the computed width of %s is close to that of the bold font, and not less than that of either font',
  (label) => {
    const computed = textWidth(label, 100);
    // The table has no kerning, which narrows pairs of capitals.
    expect(computed).toBeGreaterThanOrEqual(drawnWidth(label, 700) - 1);
    expect(computed).toBeGreaterThanOrEqual(drawnWidth(label, 500) - 1);
    expect(computed).toBeLessThan(drawnWidth(label, 700) * 1.05);
  },
);

test('a ticker is cut only if it is too wide', () => {
  expect(cutToWidth('GOOGL', 44, 420)).toBe('GOOGL');
  expect(textWidth(cutToWidth('W'.repeat(40), 44, 420), 44)).toBeLessThanOrEqual(420);
  expect(cutToWidth('W'.repeat(40), 44, 420).length).toBe(9);
});
