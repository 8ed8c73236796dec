import { describe, expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { toMicros } from '../../src/market/money.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { buildSlideStory } from '../../src/slides/build-slide-story.ts';
import type { Alert, DrawdownAlert } from '../../src/stories/alert.ts';

const watchlist = loadWatchlist();
const watched = watchlist.symbols.get('NVDA');
if (!watched) throw new Error('the watchlist lacks NVDA');

const barsOf = (...closes: readonly number[]): Bar[] =>
  closes.map((close, n) => {
    const price = toMicros(close);
    const session = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    return { session, open: price, high: price, low: price, close: price, volume: 0 };
  });

/** Default: the alert of a drawdown level. */
const storyOf = (closes: readonly number[], price: number, alerts?: readonly Alert[], of = watched) => {
  const before = barsOf(...closes);
  const session = '2024-06-28';
  const alert: DrawdownAlert = {
    kind: 'drawdown',
    symbol: 'NVDA',
    session,
    window: 252,
    level: 2000,
    price: toMicros(price),
    peak: toMicros(Math.max(...closes)),
    peakSession: before.at(-1)?.session ?? '',
    sessions: 1,
  };
  const quote = { price: toMicros(price), session, tradeTime: 0, delayMinutes: 0, source: 'Yahoo' };
  return buildSlideStory({
    watched: of,
    alerts: alerts ?? [alert],
    quote,
    final: true,
    late: false,
    before,
    dayLevel: 700,
    market: [],
    together: [],
    beside: { bill: [], return: [] },
  });
};

test('the market value lost of a basket is priced in billions already', () => {
  const basket = watchlist.symbols.get('MAG7');
  if (!basket) throw new Error('the watchlist lacks MAG7');
  expect(storyOf([17_000], 15_000, undefined, basket).valueLost).toBe(2_000_000_000_000);
  expect(storyOf([100], 75).valueLost).toBeUndefined();
});

test('the chart shows the closes of the window before, and the price that fell, and measures the first from a window, too', () => {
  const closes = Array.from({ length: 600 }, () => 100);
  expect(storyOf(closes, 75).chart).toMatchObject({ shown: 252 + 1 });
  expect(storyOf(closes, 75).chart.points).toHaveLength(252 + 252 + 1);
  expect(storyOf(closes.slice(0, 100), 75).chart).toMatchObject({ shown: 101 });
});

describe('base rates of earlier falls', () => {
  test('are given from three falls on, with the median of the sessions to a new high', () => {
    const falls = [100, 80, 100, 101, 75, 90, 101, 102, 80, 85, 90, 110];
    // 88 is 20% below 110: the falls to 80, 75 and 80 were as deep; they took 2, 2 and 3 sessions.
    expect(storyOf(falls, 88).rates).toEqual({ level: 2000, since: '2024-01-01', cases: 3, sessionsToNewHigh: 2 });
    // A little more than 20% counts by the same round depth, and less than 5% by its own.
    expect(storyOf(falls, 86).rates).toEqual(storyOf(falls, 88).rates);
    expect(storyOf(falls, 108).rates).toMatchObject({ cases: 3 });
    expect(storyOf(falls, 108).rates).not.toHaveProperty('level');
  });

  test('are left out for two falls', () => {
    expect(storyOf([100, 80, 100, 101, 75, 90, 102], 80).rates).toBeUndefined();
  });

  test('are left out if the peak of the year is below the all-time peak: the depths are not comparable', () => {
    const recent = Array.from({ length: 260 }, () => 120);
    expect(storyOf([100, 80, 100, 75, 100, 70, 100, 200, ...recent], 90).rates).toBeUndefined();
  });
});

test('days as bad are counted from three on, where the story says since when it is the worst', () => {
  const bad = (count: number) => Array.from({ length: count }, () => [100, 92]).flat();
  expect(storyOf([...bad(3), 100], 93).day?.rates).toEqual({ since: '2024-01-01', cases: 3, sessions: 7 });
  expect(storyOf([...bad(2), 100], 93).day).not.toHaveProperty('rates');
  expect(storyOf([...bad(3), 100], 94).day).not.toHaveProperty('rates');
});

describe('"the worst day since"', () => {
  /** The watchlist's shallowest level of a day's fall is 7%. */
  const closes = [100, 90, 100, 100];
  const since = '2024-01-02';
  const dayAlert = (price: number, level: number): Alert => ({
    kind: 'day',
    symbol: 'NVDA',
    session: '2024-06-28',
    level,
    price: toMicros(price),
    previous: toMicros(100),
    worstSince: since,
  });

  test('is said of a day at the watchlist’s level, whatever has fired', () => {
    expect(storyOf(closes, 93).day).toMatchObject({ worstSince: since });
    expect(storyOf(closes, 93.01).day).not.toHaveProperty('worstSince');
  });

  test('is said of a lesser fall to channels whose own level of a day it has reached', () => {
    expect(storyOf(closes, 97, [dayAlert(97, 300)]).day).toMatchObject({ worstSince: since });
    expect(storyOf(closes, 97).day).not.toHaveProperty('worstSince');
  });
});
