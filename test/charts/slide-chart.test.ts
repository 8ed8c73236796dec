import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import type { SlideChart, SlideSeries } from '../../src/stories/chart-spec.ts';
import { elements, labels, texts } from './read-svg.ts';
import { nvda, nvdaSeries, pictureOf, seriesFrom, theBill } from './specs.ts';

const theme = themes.dark;
const dashed = (spec: SlideChart) =>
  elements(chartSvg(spec)).filter((element) => element.attributes['stroke-dasharray'] === '9 7');
const dotsIn = (spec: SlideChart, colour: string) =>
  elements(chartSvg(spec)).filter(({ name, attributes }) => name === 'circle' && attributes.fill === colour);
const of = (closes: readonly number[], more: Partial<SlideSeries> = {}): SlideSeries => {
  const points = seriesFrom('2024-06-03', closes);
  return { kind: 'slide', symbol: 'META', points, peak: points[0] ?? nvda.peak, window: 20, ...more };
};

test('the heading shows ticker, price, depth in its colour and session, then window, peak, its day, and the day’s change', () => {
  const shown = texts(chartSvg(nvda)).slice(0, 9);
  expect(shown.map(({ text }) => text)).toEqual([
    'NVDA',
    '103.73',
    '−23.5%',
    '2024-07-30',
    '252D',
    '135.58',
    '2024-06-18',
    '1D',
    '−2.6%',
  ]);
  expect(shown[2]?.attributes.fill).toBe(theme.red);
});

test('the figures are those of the card, whatever the closes are', () => {
  const told = {
    ...nvda,
    figures: { ...nvda.figures, price: '1', shortPrice: '2', depth: '−3%', peak: '4', day: '−5%' },
  };
  const shown = labels(chartSvg(told));
  expect(shown).toEqual(expect.arrayContaining(['1', '2', '−3%', '4', '−5%']));
  expect(shown).not.toContain('103.73');
  expect(shown).not.toContain('−23.5%');
});

test('the axis has the price and the depth as tags, and the level in its colour', () => {
  const shown = labels(chartSvg(nvda));
  expect(shown.filter((label) => label === '103.73')).toHaveLength(2);
  expect(shown.filter((label) => label === '−23.5%')).toHaveLength(2);
  expect(texts(chartSvg(nvda)).find(({ text }) => text === '−20%')?.attributes.fill).toBe(theme.text.red);
});

test('the peak and the level are dashed lines; without a level only the peak is', () => {
  expect(dashed(nvda)).toHaveLength(2);
  const { level: _, ...without } = nvda;
  expect(dashed(without)).toHaveLength(1);
});

test('the peak has a dot on the day it was set, and its line begins there; the heading has the same dot as its key', () => {
  const [key, peak] = dotsIn(nvda, theme.peak);
  const x = Number(peak?.attributes.cx);
  expect(Number(key?.attributes.cy)).toBeLessThan(110);
  expect(x).toBeCloseTo(28 + (34 / 64) * (838 - 28), 0);
  expect(Number(dashed(nvda).find(({ attributes }) => attributes.stroke === theme.peak)?.attributes.x1)).toBe(x);
});

test('a peak before the first point has a line across the pane, but no dot in it', () => {
  const late = pictureOf({ ...nvdaSeries, points: nvda.points.slice(-15) });
  expect(dotsIn(late, theme.peak)).toHaveLength(1);
  expect(labels(chartSvg(late))).toContain('135.58');
  expect(dashed(late).find(({ attributes }) => attributes.stroke === theme.peak)?.attributes).toMatchObject({
    x1: '28',
    x2: '838',
  });
});

test('before the peak that counts, a faint line of steps shows the one that was measured from', () => {
  const steps = (closes: readonly number[], window: number) => {
    const points = seriesFrom('2024-06-03', closes);
    const peak = points.at(-2) ?? nvda.peak;
    const svg = chartSvg(pictureOf({ kind: 'slide', symbol: 'META', points, peak, window }));
    const path = elements(svg).find(({ attributes }) => attributes['stroke-dasharray'] === '3 5')?.attributes.d ?? '';
    return new Set([...path.matchAll(/,([\d.]+)/g)].map(([, y]) => y)).size;
  };
  // 100 leaves a window of three after two lower closes; then 90 is the peak, then 110.
  expect(steps([100, 90, 80, 80, 110, 105], 3)).toBe(3);
  expect(steps([100, 90, 80, 80, 110, 105], 20)).toBe(2);
});

test('the lowest close that the card names is marked with its depth, in both panes', () => {
  const spec = pictureOf(of([100, 98, 62, 70, 80, 88], { level: 10 }), { marksLowest: true });
  expect(labels(chartSvg(spec))).toContain('−38.0%');
  expect(dotsIn(spec, theme.red)).toHaveLength(2);
  expect(labels(chartSvg(pictureOf(of([100, 98, 62, 70, 80, 88]))))).not.toContain('−38.0%');
});

test('a fall that is over has the rise since its lowest close, that close and its day, and no loss of a day', () => {
  const spec = pictureOf(of([100, 90, 73, 80, 102]), { marksLowest: true, over: true });
  expect(labels(chartSvg(spec)).slice(0, 9)).toEqual([
    'META',
    '102.00',
    '+39.7%',
    '2024-06-07',
    '20D',
    '100.00',
    '2024-06-03',
    '73.00',
    '2024-06-05',
  ]);
  expect(labels(chartSvg(spec))).toContain('−27.0%');
  expect(texts(chartSvg(spec))[2]?.attributes.fill).toBe(theme.rise.text);
});

test('a series at its peak has no fall and no triangle', () => {
  const svg = chartSvg(pictureOf(of([90, 95, 100], { peak: { session: '2024-06-05', close: 100 } })));
  expect(labels(svg)).toContain('0.0%');
  expect(elements(svg).some(({ name, attributes }) => name === 'path' && attributes.fill === theme.calm)).toBe(false);
});

test.each([
  ['a crash', [100, 95, 10]],
  ['a calm year', [100, 99.5, 99.9, 99.7]],
  ['a deep level', [100, 60, 59]],
])('the underwater pane of %s is a third of the height, with three values beside it at least', (_, closes) => {
  for (const bill of [undefined, theBill]) {
    const svg = chartSvg(pictureOf(of(closes, { level: 40 }), bill ? { bill } : {}));
    const height = Number(elements(svg)[0]?.attributes.height);
    const [zero, ...below] = texts(svg)
      .filter(
        ({ text, attributes }) => /^[−0-9.]+%$/.test(text) && Number(attributes.x) >= 856 && Number(attributes.y) > 200,
      )
      .map(({ attributes }) => Number(attributes.y));
    expect(zero).toBeDefined();
    expect(below.length).toBeGreaterThanOrEqual(2);
    const pane = bill ? 494 - 276 : 508 - 306;
    expect(pane / height).toBeGreaterThan(1 / 3);
  }
});

describe('the bill', () => {
  const points = seriesFrom(
    '2023-07-31',
    Array.from({ length: 260 }, (_, at) => 100 + Math.sin(at / 9) * 10),
  );
  const series: SlideSeries = { kind: 'slide', symbol: 'NVDA', points, peak: points[10] ?? nvda.peak, window: 252 };
  const withBill = (bill = theBill) => chartSvg(pictureOf(series, { bill }));
  const columns = (svg: string) =>
    elements(svg).filter(
      ({ name, attributes }) =>
        name === 'rect' && [theme.bill.older, theme.bill.newest.mark].includes(attributes.fill ?? ''),
    );

  test('says whose it is, of how many, in what, and gives the newest sum and its change as the card does', () => {
    const shown = labels(withBill());
    expect(shown).toEqual(
      expect.arrayContaining(['GOOGL', 'MSFT', 'AMZN', 'META', '4/4', 'CAPEX $B', '$44.3B', '1Y +31%']),
    );
    expect(shown.join(' ')).toContain('Q3 36.9 Q4 42.9 Q1 44.3');
  });

  test('a column begins on the session of the day on which the last of the four told the quarter, and ends at the next', () => {
    const svg = withBill();
    const lefts = columns(svg).map(({ attributes }) => Number(attributes.x));
    const at = (session: string): number =>
      28 + (points.findIndex((point) => point.session >= session) / (points.length - 1)) * 810;
    expect(lefts).toHaveLength(4);
    for (const [n, { from }] of theBill.quarters.entries()) expect(lefts[n]).toBeCloseTo(at(from), 0);
    const [first, second] = columns(svg);
    expect(Number(first?.attributes.x) + Number(first?.attributes.width)).toBeCloseTo(
      Number(second?.attributes.x) - 3,
      0,
    );
    expect(columns(svg).at(-1)?.attributes.fill).toBe(theme.bill.newest.mark);
  });

  test('columns are as high as their sums, from zero', () => {
    const heights = columns(withBill()).map(({ attributes }) => Number(attributes.height));
    for (const [n, { millions }] of theBill.quarters.entries())
      expect(heights[n]).toBeCloseTo((millions / 44_300) * 66, 0);
  });

  test('a quarter that was told after the last session is not drawn', () => {
    const later = { from: '2025-01-01', quarter: 'Q2', amount: '99.9', millions: 99_900 };
    const svg = withBill({ ...theBill, quarters: [...theBill.quarters, later] });
    expect(columns(svg)).toHaveLength(4);
    expect(labels(svg)).not.toContain('99.9');
  });

  test('a column that is too narrow or too low for its figure has none', () => {
    const [first, ...rest] = theBill.quarters;
    const quarters = [{ ...first, from: '2023-07-31', amount: '1.00', millions: 1_000 } as never, ...rest];
    expect(labels(withBill({ ...theBill, quarters }))).not.toContain('1.00');
  });
});

test('a price pane whose highest price is eight times the lowest is logarithmic, and says so', () => {
  expect(labels(chartSvg(pictureOf(of([100, 60, 12]))))).toContain('LOG');
  expect(labels(chartSvg(pictureOf(of([100, 60, 13]))))).not.toContain('LOG');
});

test('a rise is drawn upwards from zero at the bottom, in its own colour, measured from the low', () => {
  const svg = chartSvg(pictureOf(of([100, 80, 90, 120], { level: 20 }), { rises: true }));
  const heightOf = (label: string) => Number(texts(svg).findLast(({ text }) => text === label)?.attributes.y);
  expect(labels(svg)).toEqual(expect.arrayContaining(['80.00', '+50.0%', '+20%']));
  expect(heightOf('+20%')).toBeLessThan(heightOf('0%'));
  expect(heightOf('+50.0%')).toBeLessThan(heightOf('+20%'));
  expect(texts(svg).find(({ text }) => text === '+20%')?.attributes.fill).toBe(theme.rise.text);
  expect(svg).toContain(`stroke="${theme.priceOfRise}"`);
});
