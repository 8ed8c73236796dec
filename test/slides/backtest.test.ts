import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Rules } from '../../src/market/watchlist.ts';
import type { Played } from '../../src/slides/backtest.ts';
import { type Backtest, playBacktest } from '../../src/slides/backtest-summary.ts';
import { inSlices } from '../../src/util/in-slices.ts';
import { sharedOrSkip } from '../shared.ts';

const barOf = (session: string, price: number): Bar => {
  const close = toMicros(price);
  return { session, open: close, high: close, low: close, close, volume: 0 };
};

const rulesOf = (levels: readonly number[], day: readonly number[] = []): Rules => ({
  drawdown: levels.length === 0 ? [] : [{ window: 252, levels }],
  day,
});

const play = (...subjects: readonly Played[]): Promise<Backtest> => inSlices(playBacktest(subjects));

/** Closes on weekdays, oldest first, so that the last is on `until`. */
const weekdaysUntil = (until: string, prices: readonly number[]): Bar[] => {
  const days: string[] = [];
  for (let day = Temporal.PlainDate.from(until); days.length < prices.length; day = day.subtract({ days: 1 }))
    if (day.dayOfWeek < 6) days.unshift(day.toString());
  return prices.map((price, at) => barOf(days[at] ?? '', price));
};

interface Row {
  readonly date: string;
  readonly close: number;
}

/** What a person would count with a pencil: each level is armed, fires with all shallower ones, and re-arms at half its depth. */
const countByHand = (rows: readonly Row[], levels: readonly number[], days: readonly number[]) => {
  const found: { key: string; date: string; at: number; from: number }[] = [];
  const isArmed = new Map(levels.map((level) => [level, true]));
  rows.forEach(({ date, close }, at) => {
    const peak = Math.max(...rows.slice(Math.max(0, at - 251), at + 1).map((row) => row.close));
    const depth = (1 - close / peak) * 100;
    // What floating point cannot tell from the level is on it.
    const reached = levels.filter((level) => depth >= level - 1e-9);
    for (const level of levels) if (depth < level / 2 - 1e-9) isArmed.set(level, true);
    const fired = reached.filter((level) => isArmed.get(level));
    if (fired.length > 0 && fired.at(-1) === reached.at(-1))
      found.push({ key: `drawdown ${fired.at(-1)}`, date, at, from: peak });
    for (const level of reached) isArmed.set(level, false);
    const previous = rows[at - 1]?.close;
    if (previous === undefined) return;
    const deepest = days.findLast((level) => (1 - close / previous) * 100 >= level - 1e-9);
    if (deepest !== undefined) found.push({ key: `day ${deepest}`, date, at, from: previous });
  });
  return found;
};

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
};

test.for<[string, number[], number[]]>([
  ['NVDA', [10, 20, 30], [5]],
  ['MSFT', [10, 20], [5, 7]],
  ['TSLA', [15, 30, 45], [8]],
  ['IXIC', [5, 10, 20], [2.5, 4]],
])(
  'counts and aftermaths of %s are those of a count by hand over ten years',
  async ([symbol, levels, days], { skip }) => {
    const file = join(sharedOrSkip({ skip }, 'data/daily'), `${symbol}.csv`);
    const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const names = head.toLowerCase().split(',');
    const rows = lines.map((line): Row => {
      const cells = line.split(',');
      return { date: cells[0] ?? '', close: toMicros(Number(cells[names.indexOf('close')])) };
    });
    const bars = rows.map(({ date, close }) => ({ ...barOf(date, 1), close }));
    const points = (percents: readonly number[]): number[] => percents.map((it) => it * 100);
    const { summary } = await play({ symbol, bars, watch: { rules: rulesOf(points(levels), points(days)) } });

    const last = rows.at(-1)?.date ?? '';
    const begins = [1, 5, 10].map((years) => `${Number(last.slice(0, 4)) - years}${last.slice(4)}`);
    const hits = countByHand(rows, levels, days).filter(({ date }) => date > (begins[2] ?? ''));
    expect(summary.alerts).toEqual(
      begins.map((begin) => new Set(hits.filter(({ date }) => date > begin).map(({ date }) => date)).size),
    );
    expect(summary.levels).toHaveLength(levels.length + days.length);
    for (const { name, counts, later, back } of summary.levels) {
      const own = hits.filter(({ key }) => key === `${name.kind} ${(name.level ?? 0) / 100}`);
      expect(counts, `${name.kind} ${name.level}`).toEqual(
        begins.map((begin) => own.filter(({ date }) => date > begin).length),
      );
      for (const [nth, sessions] of [20, 60].entries()) {
        const changes = own
          .filter(({ at }) => at + sessions < rows.length)
          .map(({ at }) => ((rows[at + sessions]?.close ?? 0) / (rows[at]?.close ?? 1)) * 100 - 100);
        if (changes.length < 5) {
          expect(later[nth]).toBeUndefined();
          continue;
        }
        expect(later[nth]?.cases).toBe(changes.length);
        expect(later[nth]?.lowest).toBeCloseTo(Math.min(...changes), 9);
        expect(later[nth]?.median).toBeCloseTo(middle(changes), 9);
        expect(later[nth]?.highest).toBeCloseTo(Math.max(...changes), 9);
      }
      const waits = own.map(({ at, from }) => {
        const found = rows.findIndex((row, n) => n > at && row.close >= from);
        return found < 0 ? Number.POSITIVE_INFINITY : found - at;
      });
      if (waits.length < 5) expect(back).toBeUndefined();
      else
        expect(back).toEqual({
          cases: waits.length,
          count: waits.filter(Number.isFinite).length,
          ...(Number.isFinite(middle(waits)) && { halfIn: middle(waits) }),
        });
    }
    for (const { year, alerts, by } of summary.years) {
      const own = hits.filter(({ date }) => date.startsWith(String(year)));
      expect(alerts, String(year)).toBe(new Set(own.map(({ date }) => date)).size);
      expect(by.peak).toBe(own.filter(({ key }) => key.startsWith('drawdown')).length);
      expect(by.day).toBe(own.filter(({ key }) => key.startsWith('day')).length);
    }
  },
);

const flat = (count: number, price = 100): number[] => Array.from({ length: count }, () => price);
const UNTIL = '2024-12-31';

test('spans are one, five and ten years up to the last close', async () => {
  const { summary } = await play({
    symbol: 'X',
    bars: weekdaysUntil(UNTIL, flat(2_700)),
    watch: { rules: rulesOf([1_000]) },
  });
  expect(summary.spans).toEqual([
    { years: 1, from: '2024-01-01' },
    { years: 5, from: '2020-01-01' },
    { years: 10, from: '2015-01-01' },
  ]);
  expect(summary.alerts).toEqual([0, 0, 0]);
  expect(summary.years.map(({ year, isWhole }) => [year, isWhole])).toEqual(
    Array.from({ length: 10 }, (_, n) => [2015 + n, true]),
  );
});

test('a history that is shorter than ten years is told of since when it begins', async () => {
  const bars = weekdaysUntil(UNTIL, flat(600));
  const { summary } = await play({ symbol: 'X', bars, watch: { rules: rulesOf([1_000]) } });
  expect(summary.spans).toEqual([{ years: 1, from: '2024-01-01' }, { from: bars[0]?.session }]);
  expect(summary.years.map(({ year, isWhole }) => [year, isWhole])).toEqual([
    [2022, false],
    [2023, true],
    [2024, true],
  ]);
});

test('a week less than a span is as good as all of it', async () => {
  const bars = weekdaysUntil(UNTIL, flat(262)).slice(3);
  const { summary } = await play({ symbol: 'X', bars, watch: { rules: rulesOf([1_000]) } });
  expect(bars[0]?.session).toBe('2024-01-04');
  expect(summary.spans[0]).toEqual({ years: 1, from: '2024-01-01' });
});

test('nothing is said of what came after fewer than five cases, and a fall that lasts is not back', async () => {
  // Each time down by a tenth, and back a week later; the last one stays.
  const week = [90, 90, 90, 90, 100];
  const falls = (count: number): number[] => [
    ...flat(100),
    ...Array.from({ length: count - 1 }, () => week).flat(),
    90,
  ];
  const playFalls = async (count: number) => {
    const bars = weekdaysUntil(UNTIL, falls(count));
    const { summary } = await play({ symbol: 'X', bars, watch: { rules: rulesOf([1_000]) } });
    return summary.levels[0];
  };
  expect(await playFalls(4)).toMatchObject({ counts: [4], later: [undefined, undefined] });
  expect(await playFalls(4)).not.toHaveProperty('back');
  expect(await playFalls(5)).toMatchObject({ later: [undefined, undefined], back: { cases: 5, count: 4, halfIn: 4 } });
});

test('half of the falls are back in no time that can be told if fewer than half are', async () => {
  const bars = weekdaysUntil(UNTIL, [...flat(50), 90, 91, 82, 83, 74, 75, 67, 68, 61]);
  const { summary } = await play({ symbol: 'X', bars, watch: { rules: rulesOf([], [900]) } });
  expect(summary.levels[0]?.counts).toEqual([5]);
  expect(summary.levels[0]?.back).toEqual({ cases: 5, count: 0 });
});

test('a day on which several levels are reached is one alert, and each level has its own count', async () => {
  const bars = weekdaysUntil(UNTIL, [...flat(300), 75, ...flat(20, 75)]);
  const { summary } = await play({ symbol: 'X', bars, watch: { rules: rulesOf([1_000, 2_000], [500]) } });
  expect(summary.alerts.at(-1)).toBe(1);
  expect(summary.levels.map(({ name, counts }) => [name.kind, name.level, counts.at(-1)])).toEqual([
    ['drawdown', 1_000, 0],
    ['drawdown', 2_000, 1],
    ['day', 500, 1],
  ]);
  expect(summary.years.at(-1)?.by).toEqual({ peak: 1, day: 1, up: 0 });
});

test('a symbol is back from a day with several levels when it is from the farthest', async () => {
  // A day's fall of 6% that is made good the next day, of 18% below the peak, which is not.
  const fall = [94, 100, 94, 100, 94, 100, 94, 100, 94, 100];
  const bars = weekdaysUntil(UNTIL, [...flat(100, 115), 100, ...fall]);
  const watch = { rules: { drawdown: [{ window: 252, levels: [1_800] }], day: [500] } };
  const { summary } = await play({ symbol: 'X', bars, watch });
  expect(summary.levels.map(({ counts }) => counts)).toEqual([[1], [6]]);
  expect(summary.symbols[0]).toMatchObject({ counts: [6], back: { cases: 6, count: 4, halfIn: 1 } });
});

test('alerts of several symbols are counted for each, up to the last close of all', async () => {
  const watch = { rules: rulesOf([1_000]) };
  const { summary } = await play(
    { symbol: 'X', bars: weekdaysUntil(UNTIL, [...flat(300), 80]), watch },
    { symbol: 'Y', bars: weekdaysUntil('2024-12-30', [...flat(20), 85]), watch },
  );
  expect(summary.until).toBe(UNTIL);
  expect(summary.symbols.map(({ symbol, counts }) => [symbol, counts])).toEqual([
    ['X', [1, 1]],
    ['Y', [1, 1]],
  ]);
  expect(summary.alerts).toEqual([2, 2]);
});

test('rises are counted upwards, and steps of market value as one level of theirs', async () => {
  const bars = weekdaysUntil(UNTIL, [...flat(300, 2_000), 1_400, 800, 1_300]);
  const rules = { ...rulesOf([]), rise: [5_000], dayRise: [6_000] };
  const { summary } = await play({ symbol: 'M', bars, watch: { rules, valueStep: 500 } });
  expect(summary.levels.map(({ name, counts }) => [name.kind, name.level, counts.at(-1)])).toEqual([
    ['value', 500, 2],
    ['rise', 5_000, 1],
    ['day-rise', 6_000, 1],
  ]);
  expect(summary.years.at(-1)?.by).toEqual({ peak: 2, day: 0, up: 2 });
});
