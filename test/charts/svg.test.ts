import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { elements, labels, outside, overlapping, texts } from './read-svg.ts';
import { anyBars, anySlide, nvda, realSlides, rollUp } from './specs.ts';

const expectSound = (spec: ChartSpec): void => {
  const svg = chartSvg(spec);
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(outside(svg)).toEqual([]);
  expect(overlapping(svg)).toEqual([]);
};

describe('geometry', () => {
  test('any slide keeps every coordinate inside the picture and every label off the others', () => {
    fc.assert(fc.property(anySlide, expectSound), { numRuns: 300 });
  });

  test('any roll-up keeps every coordinate inside the picture and every label off the others', () => {
    fc.assert(fc.property(anyBars, expectSound), { numRuns: 300 });
  });

  test('slides cut from real closes are sound, and so is the golden one', () => {
    for (const spec of [nvda, ...realSlides()]) expectSound(spec);
  });

  test.each([
    ['no point', []],
    ['no usable close', [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]],
    ['one point', [100]],
    ['two points', [100, 90]],
    ['an unusable close among others', [100, Number.NaN, 90]],
  ])('a series of %s is drawn without fault', (_, closes) => {
    const points = closes.map((close, index) => ({ session: `2024-07-0${index + 1}`, close }));
    expectSound({ ...nvda, points });
    expectSound({ ...nvda, points, peak: { session: '2024-06-18', close: Number.NaN }, level: Number.NaN });
  });
});

describe('texts', () => {
  test.each([
    ['slide', nvda],
    ['bars', rollUp],
  ])('a %s holds tickers, dates and numbers, and no words', (_, spec) => {
    expect(labels(chartSvg(spec)).length).toBeGreaterThan(5);
    for (const label of labels(chartSvg(spec))) expect(label).toMatch(/^[A-Z0-9^.:,%−+ -]+$/);
  });

  test.each([
    ['slide', nvda],
    ['bars', rollUp],
  ])('a %s has no text smaller than 18 units', (_, spec) => {
    for (const { attributes } of texts(chartSvg(spec)))
      expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(18);
  });

  test('a hostile ticker stays text', () => {
    const hostile = '<a>&"\'\u0000\uD800\uFFFE';
    for (const svg of [
      chartSvg({ ...nvda, symbol: hostile }),
      chartSvg({ ...rollUp, bars: [{ symbol: hostile, percent: -5 }] }),
    ]) {
      expect(labels(svg)).toContain('&lt;a&gt;&amp;&quot;&#39;');
      expect(elements(svg).map((element) => element.name)).not.toContain('a');
      expect(new Resvg(svg).width).toBe(1000);
    }
  });
});

describe('as a document', () => {
  test('it is an image with a name that says the numbers', () => {
    const [root] = elements(chartSvg(nvda));
    expect(root?.attributes).toMatchObject({
      role: 'img',
      viewBox: '0 0 1000 560',
      'aria-label': 'NVDA 103.73 −23.5% 2024-07-30',
    });
    expect(elements(chartSvg(rollUp))[0]?.attributes['aria-label']).toBe(
      '2024-07-24 TSLA −12.3% NVDA −6.8% IXIC −3.6% AAPL +0.4%',
    );
  });

  test('it refers to nothing outside of itself', () => {
    const svg = chartSvg(nvda);
    expect(svg).not.toMatch(/href|<image|<style|<script|@import/);
    const ids = elements(svg).flatMap(({ attributes }) => attributes.id ?? []);
    const used = [...svg.matchAll(/url\(([^)]*)\)/g)].map(([, target]) => target);
    expect(used.length).toBeGreaterThan(0);
    for (const target of used) expect(ids.map((id) => `#${id}`)).toContain(target);
  });

  test('two pictures on one page share no id, and the same picture is always the same', () => {
    const idsOf = (spec: ChartSpec, theme: 'dark' | 'light') =>
      elements(chartSvg(spec, theme)).flatMap(({ attributes }) => attributes.id ?? []);
    const all = [...idsOf(nvda, 'dark'), ...idsOf(nvda, 'light'), ...idsOf({ ...nvda, level: 10 }, 'dark')];
    expect(new Set(all).size).toBe(all.length);
    expect(chartSvg(nvda)).toBe(chartSvg(nvda));
  });

  test('dark and light differ in colour and in nothing else', () => {
    const plain = (svg: string) => svg.replaceAll(/c[0-9a-f]{10}/g, '').replaceAll(/#[0-9a-f]{6}/g, '');
    expect(chartSvg(nvda, 'dark')).not.toBe(chartSvg(nvda, 'light'));
    expect(plain(chartSvg(nvda, 'dark'))).toBe(plain(chartSvg(nvda, 'light')));
    expect(chartSvg(nvda)).toContain('fill="#10161f"');
  });
});
