import { expect, test } from 'vitest';
import { chartPng } from '../../src/charts/png.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import type { QuartersChart } from '../../src/stories/chart-spec.ts';

const ends = [
  '2024-09-30',
  '2024-12-31',
  '2025-03-31',
  '2025-06-30',
  '2025-09-30',
  '2025-12-31',
  '2026-03-31',
  '2026-06-30',
];

const spec: QuartersChart = {
  kind: 'quarters',
  symbol: 'GOOGL',
  quarters: ends.map((end, index) => ({ end, value: (10 + 5 * index) * 1e9, yoyPercent: 10 * index - 20 })),
};

/** Height of the columns, left to right. */
const columns = (svg: string): number[] =>
  [...svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)" rx="6"/g)].map(([, height]) =>
    Number(height),
  );

test('each quarter is a column proportional to its amount, with its year-over-year change and its month', () => {
  const svg = chartSvg(spec);
  const heights = columns(svg);
  expect(heights).toHaveLength(8);
  expect((heights[0] ?? 0) / (heights[7] ?? 1)).toBeCloseTo(10 / 45, 2);
  for (const label of ['10.0B', '45.0B', '−20%', '+50%', '2024-09', '2026-06'])
    expect(svg).toContain(`>${label}</text>`);
});

test('its accessible name has the numbers', () => {
  expect(chartSvg(spec)).toContain('aria-label="GOOGL 2024-09 10.0B −20% 2024-12 15.0B −10%');
});

test('an undisclosed quarter has a dash and no column', () => {
  const quarters = spec.quarters.map((quarter, index) => (index === 3 ? { end: quarter.end } : quarter));
  const svg = chartSvg({ ...spec, quarters });
  expect(columns(svg)).toHaveLength(7);
  expect(svg).toContain('>–</text>');
});

test.each([
  ['no quarter', []],
  ['one', spec.quarters.slice(-1)],
  ['more than eight', [...spec.quarters, ...spec.quarters]],
  ['only zero', [{ end: '2026-06-30', value: 0 }]],
  ['values that are not finite', [{ end: '2026-06-30', value: Number.NaN, yoyPercent: Number.POSITIVE_INFINITY }]],
])('%s gives a valid picture', async (_, quarters) => {
  const svg = chartSvg({ ...spec, quarters });
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(columns(svg).length).toBeLessThanOrEqual(8);
  expect((await chartPng({ ...spec, quarters })).length).toBeGreaterThan(1000);
});

test('a quarter below zero has a column as low as one near zero', () => {
  const quarters = [
    { end: '2026-03-31', value: -5e9 },
    { end: '2026-06-30', value: 10e9 },
  ];
  expect(columns(chartSvg({ ...spec, quarters }))).toEqual([3, 320]);
});
