import type { Calendar } from '../market/calendar.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** Most levels are crossed at the open: polls are this frequent then. */
const OPENING_INTERVAL_MS = 15_000;
const OPENING_MS = 30 * MINUTE_MS;

/** Milliseconds between two polls at `now`, where `pollMs` is set: no more than 15 s in a session's first half hour. */
export const pollIntervalAt = (calendar: Calendar, pollMs: number, now: number): number => {
  const open = calendar.hours(calendar.dayOf(now))?.open;
  const isOpening = open !== undefined && now >= open && now < open + OPENING_MS;
  return isOpening ? Math.min(pollMs, OPENING_INTERVAL_MS) : pollMs;
};
