import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spread } from '../../src/charts/spread.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import type { CompareChart } from '../../src/stories/chart-spec.ts';
import { elements, labels, outside, overlapping } from './read-svg.ts';
import { seriesFrom } from './specs.ts';

const SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'];

const compare = (ends: readonly number[], symbol = 'NVDA'): CompareChart => ({
  kind: 'compare',
  symbol,
  sessions: seriesFrom('2024-07-01', [1, 2, 3]).map(({ session }) => session),
  lines: ends.map((end, at) => ({ symbol: SYMBOLS[at] ?? 'X', values: [100, (100 + end) / 2, end] })),
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
      lines: SYMBOLS.slice(0, count).map((name, at) => ({ symbol: name, values: rows.map((row) => row[at] ?? 100) })),
    };
  });

describe('a comparison', () => {
  test('keeps every coordinate inside and every label off the others, whatever the series', () => {
    fc.assert(
      fc.property(anyCompare, (spec) => {
        const svg = chartSvg(spec);
        expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(outside(svg)).toEqual([]);
        expect(overlapping(svg)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('names every line with its change at its end, and says the best first', () => {
    const svg = chartSvg(compare([90, 110, 100, 1300]));
    for (const label of ['AAPL', '−10.0%', 'MSFT', '+10.0%', 'GOOGL', '0.0%', 'AMZN', '+1,200%'])
      expect(labels(svg)).toContain(label);
    expect(elements(svg)[0]?.attributes['aria-label']).toBe(
      '2024-07-01 2024-07-03 AMZN +1,200% MSFT +10.0% GOOGL 0.0% AAPL −10.0%',
    );
  });

  test('draws the one that was asked for last and thicker', () => {
    const paths = elements(chartSvg(compare([90, 110, 100], 'AAPL'))).filter(({ name }) => name === 'path');
    expect(paths.at(-1)?.attributes).toMatchObject({ stroke: themes.dark.lines[0], 'stroke-width': '4.5' });
  });

  test('of nothing, or of lines that have no value for each session, is a heading alone', () => {
    expect(labels(chartSvg({ ...compare([]), sessions: [] }))).toEqual(['NVDA']);
    const broken = { ...compare([90]), lines: [{ symbol: 'AAPL', values: [100, Number.NaN, 3] }] };
    expect(labels(chartSvg(broken))).toEqual(['NVDA']);
  });
});

describe('spreading labels', () => {
  test('leaves places that stand well, and parts those that do not about their middle', () => {
    expect(spread([10, 100, 104], 20, 0, 200)).toEqual([10, 92, 112]);
    expect(spread([198, 199], 20, 0, 200)).toEqual([180, 200]);
    expect(spread([], 20, 0, 200)).toEqual([]);
  });

  test('keeps order, gaps and bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 450 }), { maxLength: 8 }), (wanted) => {
        const placed = spread(wanted, 34, 0, 382);
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
