import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import type { SlideChart } from '../../src/stories/chart-spec.ts';
import { elements, labels, texts } from './read-svg.ts';
import { nvda, seriesFrom } from './specs.ts';

const dashed = (spec: SlideChart) =>
  elements(chartSvg(spec)).filter((element) => element.attributes['stroke-dasharray']);
const dotsIn = (spec: SlideChart, colour: string) =>
  elements(chartSvg(spec)).filter(({ name, attributes }) => name === 'circle' && attributes.fill === colour);

test('the header shows the ticker, the price, the depth in its colour, and the session', () => {
  const [ticker, price, depth, session] = texts(chartSvg(nvda));
  expect([ticker, price, depth, session].map((part) => part?.text)).toEqual(['NVDA', '103.73', '−23.5%', '2024-07-30']);
  expect(depth?.attributes.fill).toBe(themes.dark.red);
});

test('the peak is labelled with price and date, the axes with the latest price and depth, the level with its percent', () => {
  const shown = labels(chartSvg(nvda));
  expect(shown).toContain('135.58');
  expect(shown).toContain('2024-06-18');
  expect(shown.filter((label) => label === '103.73')).toHaveLength(2);
  expect(shown.filter((label) => label === '−23.5%')).toHaveLength(2);
  expect(shown).toContain('−20%');
});

test('the peak and the level are dashed lines; without a level only the peak is', () => {
  expect(dashed(nvda)).toHaveLength(2);
  const { level: _, ...without } = nvda;
  expect(dashed(without)).toHaveLength(1);
});

test('the peak has a dot on the day it was set, and its line begins there', () => {
  const [peak] = dotsIn(nvda, themes.dark.peak);
  const x = Number(peak?.attributes.cx);
  expect(x).toBeCloseTo(28 + (34 / 64) * (866 - 28), 0);
  expect(Number(dashed(nvda).find(({ attributes }) => attributes.stroke === themes.dark.peak)?.attributes.x1)).toBe(x);
});

test('a peak before the first point has a line across the pane and its label, but no dot', () => {
  const late = { ...nvda, points: nvda.points.slice(-15) };
  expect(dotsIn(late, themes.dark.peak)).toHaveLength(0);
  expect(labels(chartSvg(late))).toContain('135.58');
  expect(dashed(late).find(({ attributes }) => attributes.stroke === themes.dark.peak)?.attributes).toMatchObject({
    x1: '28',
    x2: '866',
  });
});

test('the last depth equals that of the header even if the window has moved past the peak', () => {
  const points = seriesFrom('2024-07-01', [100, 60, 60, 60]);
  const spec: SlideChart = { kind: 'slide', symbol: 'TSLA', points, peak: points[0] ?? nvda.peak, window: 3 };
  expect(labels(chartSvg(spec)).filter((label) => label === '−40.0%')).toHaveLength(2);
});

test('the deepest point is marked unless it is the last', () => {
  const points = seriesFrom('2024-06-03', [100, 98, 62, 70, 80, 88]);
  const spec: SlideChart = {
    kind: 'slide',
    symbol: 'META',
    points,
    peak: points[0] ?? nvda.peak,
    window: 20,
    level: 10,
  };
  expect(labels(chartSvg(spec))).toContain('−38.0%');
});

test('an axis label that the tag would cover is left out, but its grid line is drawn', () => {
  const flat: SlideChart = {
    kind: 'slide',
    symbol: 'FLAT',
    points: seriesFrom('2024-06-03', [100, 100, 100]),
    peak: { session: '2024-06-03', close: 100 },
    window: 20,
  };
  const shown = labels(chartSvg(flat));
  expect(shown).toContain('100.50');
  // Header, peak and tag; the axis value would be the fourth.
  expect(shown.filter((label) => label === '100.00')).toHaveLength(3);
});

test('a price above the peak has a plus sign and no depth', () => {
  const points = seriesFrom('2024-06-03', [100, 90, 104]);
  const spec: SlideChart = {
    kind: 'slide',
    symbol: 'MSFT',
    points,
    peak: { session: '2024-06-03', close: 100 },
    window: 20,
  };
  expect(labels(chartSvg(spec))).toContain('+4.0%');
  expect(labels(chartSvg(spec))).toContain('0.0%');
});
