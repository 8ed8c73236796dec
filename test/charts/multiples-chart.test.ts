import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { MultiplesChart } from '../../src/stories/chart-spec.ts';
import { digestFor } from '../digest/digests.ts';
import { elements, labels, outside, overlapping, texts } from './read-svg.ts';
import { seriesFrom } from './specs.ts';

const golden = digestFor('2024-07-24').chart as MultiplesChart;

const expectSound = (spec: MultiplesChart): void => {
  for (const theme of ['dark', 'light'] as const) {
    const svg = chartSvg(spec, theme);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(outside(svg)).toEqual([]);
    expect(overlapping(svg)).toEqual([]);
  }
};

test('each pane has its ticker and how deep it lies now, and the picture has both ends of its time', () => {
  expect(labels(chartSvg(golden))).toEqual(
    expect.arrayContaining(['TSLA', '−21.8%', 'GOOGL', '−9.7%', 'IXIC', '−7.0%', '2023-07', '2024-07', '2024-07-24']),
  );
  expectSound(golden);
});

test('it holds tickers, dates and percents, no words, nothing smaller than 18 units', () => {
  for (const { text, attributes } of texts(chartSvg(golden))) {
    expect(text).toMatch(/^[A-Z0-9.%−-]+$/);
    expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(18);
  }
});

test('all panes have one scale: the same depth lies equally far down', () => {
  const spec: MultiplesChart = {
    kind: 'multiples',
    sessions: ['2024-07-23', '2024-07-24'],
    panes: [
      { symbol: 'TSLA', depths: [-50, -10] },
      { symbol: 'AAPL', depths: [0, -10] },
    ],
  };
  const dots = elements(chartSvg(spec)).filter(({ name }) => name === 'circle');
  expect(dots).toHaveLength(2);
  expect(dots[0]?.attributes.cy).toBe(dots[1]?.attributes.cy);
});

test('a symbol without the newest close has no depth now and no dot', () => {
  const panes = golden.panes.map((pane) =>
    pane.symbol === 'TSLA' ? { ...pane, depths: pane.depths.with(-1, null) } : pane,
  );
  const svg = chartSvg({ ...golden, panes });
  expect(labels(svg)).toContain('TSLA');
  expect(labels(svg)).not.toContain('−21.8%');
  expect(elements(svg).filter(({ name }) => name === 'circle')).toHaveLength(7);
  expect(svg).toContain('aria-label="TSLA NVDA −15.7%');
});

test('any number of panes, sessions and holes keeps every mark inside and every label off the others', () => {
  const depth = fc.oneof(fc.constant(null), fc.double({ min: -99, max: 0, noNaN: true }), fc.constant(Number.NaN));
  const spec = fc
    .record({ count: fc.integer({ min: 0, max: 260 }), panes: fc.integer({ min: 0, max: 9 }) })
    .chain(({ count, panes }) =>
      fc.record({
        kind: fc.constant('multiples' as const),
        sessions: fc.constant(seriesFrom('2023-12-27', Array<number>(count).fill(1)).map(({ session }) => session)),
        panes: fc.array(
          fc.record({
            symbol: fc.constantFrom('A', 'GOOGL', 'WWWWWWWWWWWW', '^IXIC'),
            depths: fc.array(depth, { minLength: count, maxLength: count }),
          }),
          { minLength: panes, maxLength: panes },
        ),
      }),
    );
  fc.assert(fc.property(spec, expectSound), { numRuns: 40 });
});
