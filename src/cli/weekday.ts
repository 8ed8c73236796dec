import type { SessionDate } from '../market/calendar.ts';
import { DAY_MS } from '../util/durations.ts';

/** Days since 1970-01-01, a Thursday. */
export const dayNumber = (day: SessionDate): number => Date.parse(day) / DAY_MS;

export const dayAt = (number: number): SessionDate => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

export const isWeekday = (number: number): boolean => weekdayOf(number) < 5;
