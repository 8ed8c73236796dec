import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLogarithmic } from '../../src/charts/is-logarithmic.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import { valueScale } from '../../src/charts/value-scale.ts';
import type { SlideSeries } from '../../src/stories/chart-spec.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels, texts } from './read-svg.ts';
import { anySlide, pictureOf, pricesOf, seriesFrom } from './specs.ts';

const pricesUp = (closes: readonly number[]) => pricesOf('NVDA', seriesFrom('2024-07-01', closes));
const pane = { left: 28, top: 118, right: 866, bottom: 500 };

describe('a price picture', () => {
  test('keeps coordinates inside the picture and labels apart for any series', () => {
    fc.assert(
      fc.property(anySlide, ({ symbol, points }) => expectSound(pricesOf(symbol, points))),
      { numRuns: 100 },
    );
  });

  test.each([
    ['no point', []],
    ['no usable close', [Number.NaN, 0, -1]],
    ['one point', [100]],
    ['two equal points', [100, 100]],
  ])('of %s has sound coordinates', (_, closes) => {
    expectSound(pricesUp(closes));
  });

  test('labels the last close, the change and the close that it is measured from, and the highest and lowest close', () => {
    const svg = chartSvg(pricesUp([100, 120, 80, 90]));
    expect(labels(svg).slice(0, 6)).toEqual(['NVDA', '90.00', '−10.0%', '2024-07-04', '100.00', '2024-07-01']);
    expect(labels(svg)).toEqual(expect.arrayContaining(['120.00', '80.00']));
    expect(elements(svg)[0]?.attributes['aria-label']).toBe('NVDA 90.00 −10.0% 2024-07-01 2024-07-04');
  });

  test('does not mark the lowest close again if it is the latest price', () => {
    const shown = labels(chartSvg(pricesUp([100, 120, 80])));
    expect(shown.filter((label) => label === '80.00')).toHaveLength(2);
    expect(shown).toContain('120.00');
  });

  test('marks neither a highest nor a lowest close where all are equal', () => {
    const shown = labels(chartSvg(pricesUp([100, 100, 100])));
    // The heading has it twice, as the price and as the first close, and the axis once as a tag.
    expect(shown.filter((label) => label === '100.00')).toHaveLength(3);
  });

  test('has only tickers, dates and numbers as text, none smaller than 28 units', () => {
    const svg = chartSvg(pricesOf('NVDA', seriesFrom('2015-01-02', [1, 40, 210])));
    expect(labels(svg)).toContain('+20,900%');
    for (const label of labels(svg)) expect(label).toMatch(/^[A-Z0-9^.:,%−+ -]+$/);
    for (const { attributes } of texts(svg)) expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(28);
  });

  test('a rise is no fall’s colour, and its change points up', () => {
    const svg = chartSvg(pricesUp([100, 120]));
    expect(texts(svg).find(({ text }) => text === '+20.0%')?.attributes.fill).toBe(themes.dark.rise.text);
    expect(
      elements(svg).filter(({ name, attributes }) => name === 'path' && attributes.fill === themes.dark.rise.text),
    ).toHaveLength(1);
  });

  test('a market value has its power on the axis as in the heading', () => {
    const svg = chartSvg(pricesOf('MAG7', seriesFrom('2024-07-01', [13_000, 14_900, 14_133]), 'usd-billions'));
    expect(labels(svg).filter((label) => label === '14.13T')).toHaveLength(2);
    expect(labels(svg)).toContain('13.0T');
    expect(labels(svg).every((label) => !label.includes(','))).toBe(true);
  });
});

describe('the value scale', () => {
  test('is logarithmic if the highest value is at least eight times the lowest', () => {
    expect([isLogarithmic(10, 79.9), isLogarithmic(10, 80), isLogarithmic(0, 80)]).toEqual([false, true, false]);
    const { y } = valueScale(pane, 1, 100);
    expect(y(1) - y(10)).toBeCloseTo(y(10) - y(100), 6);
    const linear = valueScale(pane, 100, 200);
    expect(linear.y(100) - linear.y(150)).toBeCloseTo(linear.y(150) - linear.y(200), 6);
  });

  test('has round grid lines inside the pane that are far enough apart to read', () => {
    expect(valueScale(pane, 0.5, 18_000).ticks.map(({ label }) => label)).toEqual([
      '1',
      '10',
      '100',
      '1,000',
      '10,000',
    ]);
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1e5, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (low, ratio) => {
          const { ticks } = valueScale(pane, low, low * ratio);
          for (const [at, { y }] of ticks.entries()) {
            expect(y).toBeGreaterThanOrEqual(pane.top - 0.01);
            expect(y).toBeLessThanOrEqual(pane.bottom + 0.01);
            if (at > 0) expect((ticks[at - 1]?.y ?? 0) - y).toBeGreaterThan(28);
          }
          expect(ticks.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

test('a slide chart of the last points measures them from peaks before the first one shown', () => {
  const points = seriesFrom('2024-07-01', [200, 100, 110, 120]);
  const series: SlideSeries = {
    kind: 'slide',
    symbol: 'NVDA',
    points,
    peak: { session: '2024-07-01', close: 200 },
    window: 4,
  };
  const shown = pictureOf({ ...series, shown: 3 }, { marksLowest: true });
  expectSound(shown);
  // The deepest of the three is 100, measured from the 200 that is not drawn.
  expect(labels(chartSvg(shown))).toContain('−50.0%');
  expect(chartSvg(pictureOf({ ...series, shown: 99 })).replaceAll(/c[0-9a-f]{10}/g, '')).toBe(
    chartSvg(pictureOf(series)).replaceAll(/c[0-9a-f]{10}/g, ''),
  );
});
