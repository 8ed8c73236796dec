import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { ReturnChart } from '../../src/stories/chart-spec.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels } from './read-svg.ts';

const spec: ReturnChart = {
  kind: 'return',
  symbols: ['MSFT', 'GOOGL', 'AMZN'],
  quarters: [
    { name: '2024 Q1', capex: 44_289, parts: [26_708, 9_574, 25_037], spent: '44', revenue: '61' },
    { name: '2024 Q2', capex: 52_852, parts: [28_515, 10_347, 26_281], spent: '53', revenue: '65' },
    { name: '2024 Q3', capex: 58_862, parts: [24_092, 11_353, 27_452], spent: '59', revenue: '63', recast: true },
  ],
  newest: { spent: '$58.9B', yoy: 59, amounts: ['$24.1B', '$11.4B', '$27.5B'] },
  pace: [{ symbol: 'OPENAI', amount: '$3.40B' }],
};

test('each quarter has its capex beside its cloud revenue, and the newest its amounts by company', () => {
  const shown = labels(chartSvg(spec));
  expect(shown).toEqual(
    expect.arrayContaining(['$58.9B', '1Y', '+59%', 'CAPEX', 'CLOUD', '44', '61', '59', '63', 'GOOGL', '$11.4B']),
  );
  expect(shown).toEqual(expect.arrayContaining(['$B 2024 Q1 → 2024 Q3', '2024', 'Q2', 'Q3']));
  expectSound(spec, ['dark', 'light']);
});

test('AI revenue at a year’s pace stands with its unit, and is left out if nobody tells it', () => {
  expect(labels(chartSvg(spec))).toEqual(expect.arrayContaining(['AI $/Y', 'OPENAI', '$3.40B']));
  expect(labels(chartSvg({ ...spec, pace: [] }))).not.toContain('AI $/Y');
});

test('a line parts the quarters where a company has begun to count otherwise', () => {
  const lines = (it: ReturnChart) =>
    elements(chartSvg(it)).filter(({ attributes }) => attributes['stroke-dasharray'] === '2 6');
  expect(lines(spec)).toHaveLength(1);
  expect(lines({ ...spec, quarters: spec.quarters.slice(0, 2) })).toHaveLength(0);
});
