import { expect, test } from 'vitest';
import { thinned } from '../../src/charts/curve.ts';

test('a line of as many points as a picture can show is left as it is', () => {
  const line = Array.from({ length: 500 }, (_, at) => [at, at % 7] as const);
  expect(thinned(line)).toBe(line);
  expect(thinned([])).toEqual([]);
});

test('of more points each two units keep their lowest and highest, in order, and the line its ends', () => {
  const line = Array.from({ length: 8_000 }, (_, at) => [at / 10, (at * 7919) % 1_009] as const);
  const thin = thinned(line);
  expect(thin.length).toBeLessThan(900);
  expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)]);
  for (const [at, [x]] of thin.entries()) expect(x).toBeGreaterThanOrEqual(thin[at - 1]?.[0] ?? 0);
  const heights = (points: typeof line, from: number) =>
    points.filter(([x]) => x >= from && x < from + 2).map(([, y]) => y);
  for (let from = 0; from < 800; from += 2) {
    const [all, kept] = [heights(line, from), heights([...thin], from)];
    expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
  }
});
