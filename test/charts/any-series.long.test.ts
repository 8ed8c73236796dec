import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { PriceUnit } from '../../src/market/watchlist.ts';
import { PALETTES } from '../../src/stories/tone.ts';
import { expectSound } from './expect-sound.ts';
import { gutterLabels, texts } from './read-svg.ts';
import { peakOf, pictureOf, pricesOf, seriesFrom, theBill } from './specs.ts';

const GROUNDS = ['dark', 'light'] as const;

/** Closes that are hard to draw: 30 bars, a fall of 90%, tiny and huge prices, equal closes, one close, years of them. */
const hardCloses = fc
  .record({
    start: fc.oneof(
      fc.constantFrom(0.0005, 742_319, 103.73, 1),
      fc.double({ min: 0.0005, max: 1_000_000, noNaN: true }),
    ),
    steps: fc.oneof(
      fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 29, maxLength: 29 }),
      fc.array(fc.double({ min: 0.95, max: 1.05, noNaN: true }), { minLength: 240, maxLength: 520 }),
      fc.constant(Array.from({ length: 60 }, () => 0.1 ** (1 / 60))),
      fc
        .tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }))
        .map(([before, after]) => [
          ...Array.from({ length: before }, () => 1.001),
          0.1,
          ...Array.from({ length: after }, () => 1.004),
        ]),
      fc.array(fc.constant(1), { maxLength: 300 }),
      fc.constant([]),
      fc.array(fc.constantFrom(0.99, 1.0105), { minLength: 1200, maxLength: 2600 }),
    ),
  })
  .map(({ start, steps }) => {
    const closes = [start];
    for (const step of steps) closes.push(Math.min(Math.max((closes.at(-1) ?? start) * step, 0.0001), 9_000_000));
    return closes;
  });

const anything = fc.record({
  closes: hardCloses,
  first: fc.constantFrom('2023-07-03', '2024-06-18', '1999-11-30'),
  symbol: fc.constantFrom('NVDA', 'MAG7', '^IXIC', 'BRK-B', 'F', 'WWWWW'),
  unit: fc.constantFrom<PriceUnit>('usd', 'points', 'usd-billions'),
  window: fc.constantFrom(2, 20, 252, 3000),
  level: fc.option(fc.constantFrom(2.5, 5, 10, 20, 50, 90), { nil: undefined }),
  shown: fc.constantFrom(1, 2, 21, 126, 253, 9999),
  bill: fc.boolean(),
  marksLowest: fc.boolean(),
  over: fc.boolean(),
  rises: fc.boolean(),
});

/** Where the underwater pane and its tag end. */
const UNDERWATER_END = 525;

test('no text of a slide’s or a price’s picture leaves the frame, lies on another or is smaller than 28 units; each pane has three values at least', () => {
  fc.assert(
    fc.property(anything, ({ closes, first, symbol, unit, window, level, shown, bill, marksLowest, over, rises }) => {
      // A basket is worth up to 99 trillion.
      const scale = unit === 'usd-billions' ? 100 : 1;
      const points = seriesFrom(
        first,
        closes.map((close) => close / scale),
      );
      const series = {
        kind: 'slide',
        symbol,
        points,
        peak: peakOf(points, window),
        window,
        shown: Math.min(shown, points.length),
        ...(level !== undefined && { level }),
      } as const;
      const slide = pictureOf(series, { unit, marksLowest, over, rises, ...(bill && { bill: theBill }) });
      const prices = pricesOf(symbol, points.slice(-shown), unit);
      const beside = gutterLabels(chartSvg(slide), UNDERWATER_END);
      expect(beside.filter((label) => label.endsWith('%')).length).toBeGreaterThanOrEqual(3);
      expect(beside.filter((label) => !label.endsWith('%')).length).toBeGreaterThanOrEqual(3);
      expect(gutterLabels(chartSvg(prices)).length).toBeGreaterThanOrEqual(3);
      for (const spec of [slide, prices]) {
        expectSound(spec, GROUNDS, PALETTES);
        for (const { attributes } of texts(chartSvg(spec)))
          expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(28);
      }
    }),
    { numRuns: 500 },
  );
});
