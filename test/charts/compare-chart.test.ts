import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import { toMicros } from '../../src/market/money.ts';
import type { CompareChart } from '../../src/stories/chart-spec.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels } from './read-svg.ts';
import { seriesFrom } from './specs.ts';

const SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'];

/** A line of closes from 100 on. */
const line = (symbol: string, values: readonly number[]): CompareChart['lines'][number] => ({
  symbol,
  values,
  base: toMicros(100),
  price: toMicros(values.at(-1) ?? 100),
});

const compare = (ends: readonly number[], symbol = 'NVDA'): CompareChart => ({
  kind: 'compare',
  symbol,
  sessions: seriesFrom('2024-07-01', [1, 2, 3]).map(({ session }) => session),
  lines: ends.map((end, at) => line(SYMBOLS[at] ?? 'X', [100, (100 + end) / 2, end])),
});

const anyCompare: fc.Arbitrary<CompareChart> = fc
  .record({
    first: fc.constantFrom('2019-12-30', '2024-06-18', '2001-01-02'),
    steps: fc.array(fc.array(fc.constantFrom(0.8, 0.97, 1, 1.02, 1.3), { minLength: 8, maxLength: 8 }), {
      minLength: 0,
      maxLength: 300,
    }),
    count: fc.integer({ min: 1, max: 8 }),
    symbol: fc.constantFrom(...SYMBOLS),
  })
  .map(({ first, steps, count, symbol }) => {
    const rows = [Array.from({ length: 8 }, () => 100)];
    for (const step of steps)
      rows.push(step.map((factor, at) => Math.min(Math.max((rows.at(-1)?.[at] ?? 100) * factor, 1), 1e6)));
    return {
      kind: 'compare' as const,
      symbol,
      sessions: seriesFrom(
        first,
        rows.map(() => 1),
      ).map(({ session }) => session),
      lines: SYMBOLS.slice(0, count).map((name, at) =>
        line(
          name,
          rows.map((row) => row[at] ?? 100),
        ),
      ),
    };
  });

describe('a comparison', () => {
  test('keeps coordinates inside the picture and labels apart for any series', () => {
    fc.assert(
      fc.property(anyCompare, (spec) => {
        expectSound(spec);
      }),
      { numRuns: 200 },
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

  test('draws the chosen symbol last and thicker', () => {
    const paths = elements(chartSvg(compare([90, 110, 100], 'AAPL'))).filter(({ name }) => name === 'path');
    expect(paths.at(-1)?.attributes).toMatchObject({ stroke: themes.dark.lines[0], 'stroke-width': '4.5' });
  });

  test('draws only the header if no line has a value for each session', () => {
    expect(labels(chartSvg({ ...compare([]), sessions: [] }))).toEqual(['NVDA']);
    const broken = { ...compare([90]), lines: [line('AAPL', [100, Number.NaN, 3])] };
    expect(labels(chartSvg(broken))).toEqual(['NVDA']);
  });
});
