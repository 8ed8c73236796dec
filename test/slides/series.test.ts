import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { bestSince, closesOf, peakOf, worstSince } from '../../src/slides/series.ts';
import { closing, sessionAt } from './samples.ts';

const series = (...closes: readonly number[]) => ({ closes, sessions: closes.map((_, n) => sessionAt(n)) });

test('a peak that was reached twice has the later date', () => {
  expect(peakOf(series(100, 120, 110, 120, 115), 5, 252)).toEqual({ price: 120, session: sessionAt(3), sessions: 2 });
});

test('a peak on Wednesday is two sessions old on Friday', () => {
  const wednesday = 0;
  expect(peakOf(series(120, 110), 2, 252)?.session).toBe(sessionAt(wednesday));
  expect(peakOf(series(120, 110), 2, 252)?.sessions).toBe(2);
});

test('a peak leaves the window when as many sessions as the window is long have followed it', () => {
  const closes = series(120, 110, 115, 105);
  expect(peakOf(closes, 3, 3)?.price).toBe(120);
  expect(peakOf(closes, 4, 3)?.price).toBe(115);
});

test('closes after the first `count` are ignored', () => {
  expect(peakOf(series(100, 200), 1, 252)?.price).toBe(100);
});

test('without a close there is no peak', () => {
  expect(peakOf(series(), 0, 252)).toBeUndefined();
});

test.each([
  ['a worse day counts', [100, 90, 95, 94], 85, 94, 1],
  ['an equally bad day counts', [100, 90, 100], 90, 100, 1],
  ['the later of two counts', [100, 90, 100, 80, 100], 90, 100, 3],
  ['a slightly better day does not count', [1000, 901, 1000], 900, 1000, null],
  ['the first close has no change', [50], 40, 50, null],
])('worst since: %s', (_, closes, price, previous, found) => {
  const since = worstSince(series(...closes), closes.length, price, previous);
  expect(since).toBe(found === null ? null : sessionAt(found));
});

test.each([
  ['a better day counts', [100, 110, 95, 94], 99, 94, 1],
  ['an equally good day counts', [100, 110, 100], 110, 100, 1],
  ['the later of two counts', [100, 110, 100, 120, 100], 110, 100, 3],
  ['a slightly worse day does not count', [1000, 1099, 1000], 1100, 1000, null],
  ['the first close has no change', [50], 60, 50, null],
])('best since: %s', (_, closes, price, previous, found) => {
  const since = bestSince(series(...closes), closes.length, price, previous);
  expect(since).toBe(found === null ? null : sessionAt(found));
});

test('best since mirrors worst since, and both are exact', () => {
  const close = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9_000_000_000_000_000 }));
  fc.assert(
    fc.property(fc.array(close, { minLength: 1, maxLength: 20 }), close, (closes, price) => {
      const previous = closes.at(-1) as number;
      const found = (better: boolean): string | null => {
        for (let at = closes.length - 1; at > 0; at -= 1) {
          const [day, today] = [BigInt(closes[at] as number), BigInt(price)];
          const left = day * BigInt(previous);
          const right = today * BigInt(closes[at - 1] as number);
          if (better ? left >= right : left <= right) return sessionAt(at);
        }
        return null;
      };
      expect(bestSince(series(...closes), closes.length, price, previous)).toBe(found(true));
      expect(worstSince(series(...closes), closes.length, price, previous)).toBe(found(false));
    }),
  );
});

test('the closes of the same bars count missing sessions with a calendar and none without, in any order', () => {
  // Tuesday is missing.
  const days = ['2024-07-29', '2024-07-31'];
  const bars = closing(120, 100).map((bar, at) => ({ ...bar, session: days[at] ?? '' }));
  const calendar = loadCalendar();
  for (let round = 0; round < 2; round += 1) {
    expect(closesOf(bars, calendar).numbers).toEqual([0, 2]);
    expect(closesOf(bars).numbers).toBeUndefined();
  }
});
