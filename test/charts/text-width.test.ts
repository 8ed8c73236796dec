import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { cutToWidth, textWidth } from '../../src/charts/text-width.ts';

const fontFiles = ['500Medium/Inter_500Medium.ttf', '700Bold/Inter_700Bold.ttf'].map((file) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${file}`),
);

/** Width of the ink between two bars, so that spaces and side bearings count as well. */
const drawnWidth = (label: string, weight: number): number => {
  const widthOf = (content: string): number => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text x="50" y="150" font-family="Inter" font-size="100" font-weight="${weight}">${content}</text></svg>`;
    return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).innerBBox()?.width ?? 0;
  };
  return widthOf(`H${label}H`) - widthOf('HH');
};

test.each(['0123456789', '−23.5% +1.2%', '17,342.41', '2024-06-18', '^IXIC', 'ABCDEFGHIJKLM', 'NOPQRSTUVWXYZ'])(
  'the reckoned width of %s is that of the bold font, and no less than that of the medium one',
  (label) => {
    const reckoned = textWidth(label, 100);
    // Kerning, which the table does not know, draws capitals together.
    expect(reckoned).toBeGreaterThanOrEqual(drawnWidth(label, 700) - 1);
    expect(reckoned).toBeGreaterThanOrEqual(drawnWidth(label, 500) - 1);
    expect(reckoned).toBeLessThan(drawnWidth(label, 700) * 1.05);
  },
);

test('a ticker is cut only where it is too wide', () => {
  expect(cutToWidth('GOOGL', 44, 420)).toBe('GOOGL');
  expect(textWidth(cutToWidth('W'.repeat(40), 44, 420), 44)).toBeLessThanOrEqual(420);
  expect(cutToWidth('W'.repeat(40), 44, 420).length).toBe(9);
});
