import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { MultiplesChart } from '../../src/stories/chart-spec.ts';
import { digestFor } from '../digest/digests.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels, texts } from './read-svg.ts';
import { seriesFrom } from './specs.ts';

const golden = digestFor('2024-07-24').chart as MultiplesChart;

test('each pane shows its ticker and latest depth, and the picture its first and last month and its day', () => {
  expect(labels(chartSvg(golden))).toEqual(
    expect.arrayContaining(['TSLA', '−21.8%', 'GOOGL', '−9.7%', 'IXIC', '−7.0%', '2023-07', '2024-07', '2024-07-24']),
  );
  expectSound(golden, ['dark', 'light']);
});

test('it has only tickers, dates and percents as text, in a font of at least 18 units', () => {
  for (const { text, attributes } of texts(chartSvg(golden))) {
    expect(text).toMatch(/^[A-Z0-9.%−-]+$/);
    expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(18);
  }
});

test('all panes have one scale: equal depths are at equal heights', () => {
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

test('a symbol without the latest close has no depth label and no dot', () => {
  const panes = golden.panes.map((pane) =>
    pane.symbol === 'TSLA' ? { ...pane, depths: pane.depths.with(-1, null) } : pane,
  );
  const svg = chartSvg({ ...golden, panes });
  expect(labels(svg)).toContain('TSLA');
  expect(labels(svg)).not.toContain('−21.8%');
  expect(elements(svg).filter(({ name }) => name === 'circle')).toHaveLength(7);
  expect(svg).toContain('aria-label="TSLA NVDA −15.7%');
});

test('any number of panes, sessions and gaps keeps coordinates inside the picture and labels apart', () => {
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
  fc.assert(
    fc.property(spec, (any) => expectSound(any, ['dark', 'light'])),
    { numRuns: 40 },
  );
});
