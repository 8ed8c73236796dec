import type { SessionDate } from '../market/calendar.ts';
import { DAY_MS } from '../util/durations.ts';

/** Days since 1970-01-01, a Thursday. */
export const dayNumber = (day: SessionDate): number => Date.parse(day) / DAY_MS;

export const dayAt = (number: number): SessionDate => new Date(number * DAY_MS).toISOString().slice(0, 10);

export const isWeekday = (number: number): boolean => (number + 3) % 7 < 5;

const number = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
};

/** Weekdays by which the months begin later than their year does; January and February belong to the year before. */
const MONTH_SHIFTS = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

/** 0 is Sunday. Sakamoto's method: much faster than a Date, and a replay asks it of each of its rows. */
export const weekdayOf = (day: SessionDate): number => {
  const month = number(day, 5, 7);
  const year = number(day, 0, 4) - (month < 3 ? 1 : 0);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return (year + leapDays + (MONTH_SHIFTS[month - 1] ?? 0) + number(day, 8, 10)) % 7;
};
