import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createHistorySchedule, isDue } from '../../src/watch/history-schedule.ts';

const MINUTE = 60_000;
const calendar = loadCalendar();
/** Tuesday, 12:00 in New York; Monday's bar is there. */
const NOON = Date.parse('2025-06-03T16:00:00Z');
const bars = [{ session: '2025-06-02', open: 1, high: 1, low: 1, close: 1, volume: 0 }];

describe('the history of a suspect', () => {
  it.each([
    [1, false],
    [2, true],
  ])('that was checked %i min ago is due: %s', (minutes, expected) => {
    const schedule = createHistorySchedule(loadWatchlist());
    schedule.checkedAt.set('NVDA', NOON - minutes * MINUTE);
    schedule.suspects.add('NVDA');
    const input = { bars, memory: undefined, waits: undefined };
    expect(isDue(schedule, calendar, input, 'NVDA', NOON)).toBe(expected);
  });
});

describe('a close that waits', () => {
  it.each([
    ['2025-06-02', 14, false],
    ['2025-06-02', 15, true],
    ['2025-04-01', 15, false],
  ])('of %s, checked %i min ago, makes the history due: %s', (waits, minutes, expected) => {
    const schedule = createHistorySchedule(loadWatchlist());
    schedule.checkedAt.set('NVDA', NOON - minutes * MINUTE);
    expect(isDue(schedule, calendar, { bars, memory: undefined, waits }, 'NVDA', NOON)).toBe(expected);
  });
});

it.each([
  [59, false],
  [60, true],
])('a first history that was refused %i min ago is due: %s', (minutes, expected) => {
  const schedule = createHistorySchedule(loadWatchlist());
  schedule.checkedAt.set('NVDA', NOON - minutes * MINUTE);
  const memory = { candidates: { 'whole:6:2025-06-02:1': NOON - minutes * MINUTE } };
  expect(isDue(schedule, calendar, { bars: [], memory, waits: '2025-05-28' }, 'NVDA', NOON)).toBe(expected);
});
