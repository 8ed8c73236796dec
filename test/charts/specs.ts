import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { TestContext } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import type { BarsChart, Point, SlideChart } from '../../src/stories/chart-spec.ts';
import { sharedOrSkip } from '../shared.ts';

/** One point per close, on consecutive weekdays from `first`. */
export const seriesFrom = (first: string, closes: readonly number[]): readonly Point[] => {
  const date = new Date(`${first}T00:00:00Z`);
  return closes.map((close) => {
    while (date.getUTCDay() % 6 === 0) date.setUTCDate(date.getUTCDate() + 1);
    const session = date.toISOString().slice(0, 10);
    date.setUTCDate(date.getUTCDate() + 1);
    return { session, close };
  });
};

/** The highest close of the last `window` points, on the latest date that set it. */
export const peakOf = (points: readonly Point[], window: number): Point =>
  points.slice(-window).reduce((peak, point) => (point.close >= peak.close ? point : peak));

/** NVDA's golden slide, simplified: real peak and close, linear in between. */
export const nvda: SlideChart = {
  kind: 'slide',
  symbol: 'NVDA',
  points: seriesFrom('2024-05-01', [
    ...Array.from({ length: 34 }, (_, index) => 83 + index * 1.5),
    135.58,
    ...Array.from({ length: 29 }, (_, index) => 134.5 - index),
    103.73,
  ]),
  peak: { session: '2024-06-18', close: 135.58 },
  window: 252,
  level: 20,
};

/** A bar of a fall from 100. */
export const bar = (symbol: string, percent: number): BarsChart['bars'][number] => ({
  symbol,
  percent,
  price: toMicros(100 + percent),
  previous: toMicros(100),
});

export const rollUp: BarsChart = {
  kind: 'bars',
  session: '2024-07-24',
  bars: [bar('NVDA', -6.8), bar('IXIC', -3.64), bar('TSLA', -12.33), bar('AAPL', 0.4)],
};

/** Series of any length, with prices from 0.5 to a million, flat runs, jumps, and peaks before the first point. */
export const anySlide: fc.Arbitrary<SlideChart> = fc
  .record({
    first: fc.constantFrom('2019-12-30', '2023-07-03', '2024-06-18', '2001-01-02'),
    start: fc.double({ min: 0.5, max: 1_000_000, noNaN: true }),
    steps: fc.oneof(
      fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { maxLength: 400 }),
      fc.array(fc.constantFrom(1, 1, 1, 0.5, 2, 0.05, 20), { maxLength: 60 }),
      fc.array(fc.constant(1), { maxLength: 60 }),
      fc.array(fc.constantFrom(0.999, 1.001), { minLength: 1200, maxLength: 3000 }),
    ),
    window: fc.constantFrom(1, 2, 20, 252),
    level: fc.option(fc.constantFrom(2.5, 5, 7, 10, 20, 50, 80, 99), { nil: undefined }),
    shown: fc.integer({ min: 1, max: 3000 }),
    symbol: fc.constantFrom('NVDA', 'IXIC', 'MAG7', '^IXIC', 'BRK.B', 'F', 'WWWWW'),
  })
  .map(({ first, start, steps, window, level, shown, symbol }) => {
    const closes = [start];
    for (const step of steps) closes.push(Math.min(Math.max((closes.at(-1) ?? start) * step, 0.5), 1_000_000));
    const points = seriesFrom(first, closes);
    const spec = { kind: 'slide' as const, symbol, points: points.slice(-shown), peak: peakOf(points, window), window };
    return level === undefined ? spec : { ...spec, level };
  });

export const anyBars: fc.Arbitrary<BarsChart> = fc.record({
  kind: fc.constant('bars' as const),
  session: fc.constant('2024-07-24'),
  bars: fc.array(
    fc
      .tuple(
        fc.constantFrom('NVDA', 'GOOGL', 'IXIC', 'MAG7', 'F'),
        fc.oneof(fc.double({ min: -99, max: 30, noNaN: true }), fc.constantFrom(0, -0, -0.01, -5, -10)),
      )
      .map(([symbol, percent]) => bar(symbol, percent)),
    { minLength: 1, maxLength: 20 },
  ),
});

/** Slides of real closes. Skips the test if the recorded history is not there. */
export const realSlides = (context: TestContext): readonly SlideChart[] => {
  const daily = sharedOrSkip(context, 'data/daily');
  return readdirSync(daily).flatMap((file) => {
    const all = readFileSync(join(daily, file), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([session = '', , , , close]) => ({ session, close: Number(close) }));
    return [400, 1000, 2000].flatMap((end) =>
      [2, 25, 126, 252].flatMap((shown) =>
        [20, 252].map((window) => {
          const points = all.slice(0, -end);
          const symbol = file.replace('.csv', '');
          return {
            kind: 'slide' as const,
            symbol,
            points: points.slice(-shown),
            peak: peakOf(points, window),
            window,
            level: 10,
          };
        }),
      ),
    );
  });
};
