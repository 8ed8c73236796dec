import { expect, test } from 'vitest';
import { toMicros } from '../src/market/money.ts';
import { seeded } from './doubles/random.ts';
import { type DayPrices, drawPaths, PATH_STEP_MS, priceOnPath } from './market-paths.ts';

const day = (open: number, high: number, low: number, close: number): DayPrices => ({
  open: toMicros(open),
  high: toMicros(high),
  low: toMicros(low),
  close: toMicros(close),
});

// Nvidia and the Nasdaq on 2020-03-12, and a day that opens at its high and closes at its low.
const DAYS = new Map([
  ['NVDA', day(5.6365, 5.903, 5.395, 5.40775)],
  ['IXIC', day(7398.58, 7712.33, 7194.67, 7201.8)],
  ['DOWN', day(100, 100, 90, 90)],
]);

test('a path begins at the open, ends at the close, touches high and low and stays between them', () => {
  for (let seed = 1; seed <= 20; seed += 1)
    for (const [symbol, path] of drawPaths(DAYS, seeded(seed))) {
      const { open, high, low, close } = DAYS.get(symbol) as DayPrices;
      expect([path[0], path.at(-1), Math.max(...path), Math.min(...path)]).toEqual([open, close, high, low]);
      expect(path).toHaveLength(6.5 * 720 + 1);
    }
});

test('the same seed draws the same paths, another one others', () => {
  const [a, b, c] = [1, 1, 2].map((seed) => drawPaths(DAYS, seeded(seed)).get('NVDA'));
  expect(b).toEqual(a);
  expect(c).not.toEqual(a);
});

test('a price moves little from one step to the next, and by 2% a minute at most', () => {
  const stepsOf = (path: readonly number[], length: number): number[] =>
    path.slice(length).map((price, n) => Math.abs(price / (path[n] ?? price) - 1));
  for (let seed = 1; seed <= 20; seed += 1)
    for (const path of drawPaths(DAYS, seeded(seed)).values()) {
      expect(Math.max(...stepsOf(path, 1))).toBeLessThan(0.005);
      expect(Math.max(...stepsOf(path, 12))).toBeLessThan(0.02);
    }
});

test('before the bell the price is the opening one, after it that of the close', () => {
  const path = [1, 2, 3];
  expect([-1, 0, PATH_STEP_MS - 1, PATH_STEP_MS, 10 * PATH_STEP_MS].map((ms) => priceOnPath(path, ms))).toEqual([
    1, 1, 1, 2, 3,
  ]);
});
