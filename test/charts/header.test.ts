import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeadingWord, heading } from '../../src/charts/header.ts';
import { TEXT } from '../../src/charts/layout.ts';
import { themes } from '../../src/charts/theme.ts';
import { boxOf, elements, outside, overlapping, texts } from './read-svg.ts';

const theme = themes.dark;
const drawn = (parts: Parameters<typeof heading>[0]): string =>
  `<svg viewBox="0 0 1000 120">${heading(parts, theme)}</svg>`;

const nvda = {
  name: 'NVDA',
  numbers: [
    { label: '103.73', fill: theme.ink },
    { label: '−23.5%', fill: theme.text.red, bold: true, points: 'down' },
  ],
  session: '2024-07-30',
  left: [
    { label: '252D' },
    { label: '135.58', fill: theme.peak, strong: true, dot: theme.peak },
    { label: '2024-06-18' },
  ],
  right: [{ label: '1D' }, { label: '−7.0%', fill: theme.ink, strong: true }],
} as const;

test('a heading has two lines: whose it is and its numbers, then what they are measured from', () => {
  const lines = Map.groupBy(texts(drawn(nvda)), ({ attributes }) => (Number(attributes.y) < 80 ? 1 : 2));
  expect(lines.get(1)?.map(({ text }) => text)).toEqual(['NVDA', '103.73', '−23.5%', '2024-07-30']);
  expect(lines.get(2)?.map(({ text }) => text)).toEqual(['252D', '135.58', '2024-06-18', '1D', '−7.0%']);
});

test('the first line is 54 and 44 units high, nothing is smaller than 28', () => {
  const sizes = texts(drawn(nvda)).map(({ attributes }) => Number(attributes['font-size']));
  expect(sizes.slice(0, 3)).toEqual([54, 44, 44]);
  expect(Math.min(...sizes)).toBe(28);
});

test('a triangle stands before the number, a dot before the peak, both in its colour', () => {
  const svg = elements(drawn(nvda));
  expect(svg.find(({ name }) => name === 'path')?.attributes.fill).toBe(theme.text.red);
  const dot = svg.find(({ name }) => name === 'circle')?.attributes;
  const peak = texts(drawn(nvda)).find(({ text }) => text === '135.58');
  expect(dot?.fill).toBe(theme.peak);
  expect(Number(dot?.cx)).toBeLessThan(boxOf(peak ?? (texts(drawn(nvda))[0] as never)).left);
});

test('where there is no room the day goes first, and numbers shrink no further than the smallest text', () => {
  const numbers = ['742,319.00', '+1,234.5%'].map((label) => ({ label, fill: theme.ink, points: 'up' as const }));
  const found = texts(drawn({ name: 'WWWWWWWWWWW', numbers, session: '2024-07-30' }));
  expect(found.map(({ text }) => text)).not.toContain('2024-07-30');
  for (const { attributes } of found) expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(TEXT.mark);
});

test('no heading leaves the picture or has a text on another', () => {
  const label = fc.stringMatching(/^[A-Z0-9.,%−+-]{1,14}$/);
  const word: fc.Arbitrary<HeadingWord> = fc.record(
    { label, dot: fc.constant(theme.peak), strong: fc.boolean() },
    { requiredKeys: ['label'] },
  );
  const words = fc.array(word, { maxLength: 5 });
  const number = fc.record(
    { label, fill: fc.constant(theme.ink), points: fc.constantFrom('up' as const, 'down' as const) },
    { requiredKeys: ['label', 'fill'] },
  );
  fc.assert(
    fc.property(
      label,
      fc.array(number, { maxLength: 3 }),
      label,
      words,
      words,
      (name, numbers, session, left, right) => {
        const svg = drawn({ name, numbers, session, left, right });
        expect(outside(svg)).toEqual([]);
        expect(overlapping(svg)).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
