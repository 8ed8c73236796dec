import { normalise } from '../normalise.ts';

/** `07:00`, `7:30 pm`, `7am`; Korean `오전 7시`, `19시 30분`. A number alone is no time: it may be an hour or a mistake. */
const DIGITS = /^(\d{1,2}):([0-5]\d)\s*(am|pm)?$/;
const HOUR = /^(\d{1,2})\s*(am|pm)$/;
const KOREAN = /^(오전|오후)?\s*(\d{1,2})\s*시(?:\s*([0-5]?\d)\s*분|\s*(반))?$/u;

const AFTERNOON = new Set(['pm', '오후']);
const HALF_A_DAY = 12;

/** `half`: am or pm in either language; then hours go from 1 to 12. */
const clock = (hour: number, minute: number, half?: string): string | undefined => {
  if (half !== undefined && (hour < 1 || hour > HALF_A_DAY)) return undefined;
  const of24 = half === undefined ? hour : (hour % HALF_A_DAY) + (AFTERNOON.has(half) ? HALF_A_DAY : 0);
  if (of24 > 23) return undefined;
  return `${String(of24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

/** A time of day as `HH:MM` of 24 hours; undefined for what is none. */
export const readTime = (typed: string): string | undefined => {
  const text = normalise(typed);
  const [, hours, minutes, half] = DIGITS.exec(text) ?? [];
  if (hours !== undefined) return clock(Number(hours), Number(minutes), half);
  const [, hour, halfDay] = HOUR.exec(text) ?? [];
  if (hour !== undefined) return clock(Number(hour), 0, halfDay);
  const [, part, at, past, half30] = KOREAN.exec(text) ?? [];
  return at === undefined ? undefined : clock(Number(at), half30 === undefined ? Number(past ?? 0) : 30, part);
};

/** The hours of a day, those at which people read first. */
export const TIMES: readonly string[] = [
  7, 8, 9, 6, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15,
].map((hour) => `${String(hour).padStart(2, '0')}:00`);
