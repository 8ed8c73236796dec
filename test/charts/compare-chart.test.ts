import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import type { CompareChart } from '../../src/stories/chart-spec.ts';
import { anyCompare, line, SYMBOLS } from './any-compare.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels } from './read-svg.ts';
import { seriesFrom } from './specs.ts';

const compare = (ends: readonly number[], symbol = 'NVDA'): CompareChart => ({
  kind: 'compare',
  symbol,
  sessions: seriesFrom('2024-07-01', [1, 2, 3]).map(({ session }) => session),
  lines: ends.map((end, at) => line(SYMBOLS[at] ?? 'X', [100, (100 + end) / 2, end])),
});

describe('a comparison', () => {
  test('keeps coordinates inside the picture and labels apart for any series', () => {
    fc.assert(
      fc.property(anyCompare, (spec) => {
        expectSound(spec);
      }),
      { numRuns: 60 },
    );
  });

  test('labels every line with its change, and names the best first in the accessible name', () => {
    const svg = chartSvg(compare([90, 110, 100, 1300]));
    for (const label of ['AAPL', '−10.0%', 'MSFT', '+10.0%', 'GOOGL', '0.0%', 'AMZN', '+1,200%'])
      expect(labels(svg)).toContain(label);
    expect(elements(svg)[0]?.attributes['aria-label']).toBe(
      '2024-07-01 2024-07-03 AMZN +1,200% MSFT +10.0% GOOGL 0.0% AAPL −10.0%',
    );
  });

  test('always has the line of 100, where all begin, on its scale', () => {
    for (const ends of [[90, 110], [100, 100], [30_000, 90], [4]])
      expect(labels(chartSvg(compare(ends)))).toContain('100');
  });

  test('says that its scale is logarithmic', () => {
    expect(labels(chartSvg(compare([90, 110])))).toContain('LOG');
  });

  test('draws the chosen symbol last and thicker', () => {
    const paths = elements(chartSvg(compare([90, 110, 100], 'AAPL'))).filter(({ name }) => name === 'path');
    const lines = paths.filter(({ attributes }) => attributes['stroke-linecap'] === 'round');
    expect(lines.at(-1)?.attributes).toMatchObject({ stroke: themes.dark.companies.AAPL?.mark, 'stroke-width': '5' });
  });

  test('draws only the header if no line has a value for each session', () => {
    expect(labels(chartSvg({ ...compare([]), sessions: [] }))).toEqual(['NVDA']);
    const broken = { ...compare([90]), lines: [line('AAPL', [100, Number.NaN, 3])] };
    expect(labels(chartSvg(broken))).toEqual(['NVDA']);
  });
});
