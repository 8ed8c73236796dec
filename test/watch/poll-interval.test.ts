import { expect, test } from 'vitest';
import { pollIntervalAt } from '../../src/watch/poll-interval.ts';
import { at } from '../roads/market.ts';
import { calendar } from '../roads/stage.ts';

const MON = '2025-06-02';
const EARLY = '2025-07-03';

test('polls are 15 seconds apart in the first half hour of a session, and as configured after it', () => {
  const interval = (time: string): number => pollIntervalAt(calendar, 60_000, at(MON, time));
  expect(['09:29', '09:30', '09:59', '10:00', '15:59', '20:00'].map(interval)).toEqual([
    60_000, 15_000, 15_000, 60_000, 60_000, 60_000,
  ]);
  expect(pollIntervalAt(calendar, 60_000, at(EARLY, '09:30'))).toBe(15_000);
});

test('polls that are more frequent stay as they are, and a day without a session has no first half hour', () => {
  expect(pollIntervalAt(calendar, 5_000, at(MON, '09:30'))).toBe(5_000);
  expect(pollIntervalAt(calendar, 60_000, at('2025-06-01', '09:30'))).toBe(60_000);
});
