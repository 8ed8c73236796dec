import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels, texts } from './read-svg.ts';
import { anyBars, anySlide, barsOf, move, nvda, nvdaSeries, pictureOf, realSlides, rollUp, theBill } from './specs.ts';

describe('geometry', () => {
  test('any slide keeps coordinates inside the picture and labels apart', () => {
    fc.assert(
      fc.property(anySlide, (spec) => expectSound(spec)),
      { numRuns: 100 },
    );
  });

  test('any roll-up keeps coordinates inside the picture and labels apart', () => {
    fc.assert(
      fc.property(anyBars, (spec) => expectSound(spec)),
      { numRuns: 300 },
    );
  });

  test('the golden slide keeps coordinates inside and labels apart', () => {
    expectSound(nvda);
  });

  test('slides of real closes keep coordinates inside and labels apart', (context) => {
    for (const spec of realSlides(context)) expectSound(spec);
  });

  test.each([
    ['no point', []],
    ['no usable close', [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]],
    ['one point', [100]],
    ['two points', [100, 90]],
    ['an unusable close among others', [100, Number.NaN, 90]],
  ])('a series of %s has sound coordinates', (_, closes) => {
    const points = closes.map((close, index) => ({ session: `2024-07-0${index + 1}`, close }));
    expectSound({ ...nvda, points });
    expectSound({ ...nvda, points, peak: { session: '2024-06-18', close: Number.NaN }, level: Number.NaN });
  });
});

describe('texts', () => {
  test.each([
    ['slide', nvda],
    ['bars', rollUp],
  ])('a %s chart has only tickers, dates and numbers as text', (_, spec) => {
    expect(labels(chartSvg(spec)).length).toBeGreaterThan(5);
    for (const label of labels(chartSvg(spec))) expect(label).toMatch(/^[A-Z0-9^.:,/%−+ -]+$/);
  });

  test.each([
    ['slide', nvda, 28],
    ['slide with a bill', pictureOf(nvdaSeries, { bill: theBill }), 28],
    ['bars', rollUp, 18],
  ] as const)('a %s chart has no text smaller than it may have', (_, spec, least) => {
    for (const { attributes } of texts(chartSvg(spec)))
      expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(least);
  });

  test('markup in a ticker is escaped', () => {
    const hostile = '<a>&"\'\u0000\uD800\uFFFE';
    for (const svg of [chartSvg({ ...nvda, symbol: hostile }), chartSvg(barsOf([move(hostile, -5)]))]) {
      expect(labels(svg)).toContain('&lt;a&gt;&amp;&quot;&#39;');
      expect(elements(svg).map((element) => element.name)).not.toContain('a');
      expect(new Resvg(svg).width).toBe(1000);
    }
  });
});

describe('as a document', () => {
  test('it is an image whose accessible name has the numbers', () => {
    const [root] = elements(chartSvg(nvda));
    expect(root?.attributes).toMatchObject({
      role: 'img',
      viewBox: '0 0 1000 560',
      'aria-label': 'NVDA 103.73 −23.5% 252D 1D −2.6% 2024-07-30',
    });
    expect(elements(chartSvg(rollUp))[0]?.attributes['aria-label']).toBe(
      '2024-07-24 TSLA −12.3% NVDA −6.8% AAPL +0.4% IXIC −3.6%',
    );
  });

  test('it has no outside references, and every gradient it uses is in it', () => {
    const svg = chartSvg(nvda);
    expect(svg).not.toMatch(/href|<image|<style|<script|@import/);
    const ids = elements(svg).flatMap(({ attributes }) => attributes.id ?? []);
    const used = [...svg.matchAll(/url\(([^)]*)\)/g)].map(([, target]) => target);
    expect(used.length).toBeGreaterThan(0);
    for (const target of used) expect(ids.map((id) => `#${id}`)).toContain(target);
  });

  test('different pictures share no id, and the same spec always gives the same picture', () => {
    const idsOf = (spec: ChartSpec, theme: 'dark' | 'light') =>
      elements(chartSvg(spec, theme)).flatMap(({ attributes }) => attributes.id ?? []);
    const all = [...idsOf(nvda, 'dark'), ...idsOf(nvda, 'light'), ...idsOf({ ...nvda, level: 10 }, 'dark')];
    expect(new Set(all).size).toBe(all.length);
    expect(chartSvg(nvda)).toBe(chartSvg(nvda));
  });

  test('dark and light differ in colours alone', () => {
    const plain = (svg: string) => svg.replaceAll(/c[0-9a-f]{10}/g, '').replaceAll(/#[0-9a-f]{6}/g, '');
    expect(chartSvg(nvda, 'dark')).not.toBe(chartSvg(nvda, 'light'));
    expect(plain(chartSvg(nvda, 'dark'))).toBe(plain(chartSvg(nvda, 'light')));
    expect(chartSvg(nvda)).toContain('fill="#10161f"');
  });
});
