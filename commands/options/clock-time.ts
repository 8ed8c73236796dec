import { normaliseText } from '../../src/util/normalise-text.ts';
import { OFF_WORDS } from './choice.ts';

/** `07:00`, `7:30 pm`, `7am`; Korean `오전 7시`, `19시 30분`. A number alone is refused: it may be a mistake. */
const HOUR_AND_MINUTE = /^(\d{1,2}):([0-5]\d)\s*(am|pm)?$/;
const HOUR_OF_HALF_DAY = /^(\d{1,2})\s*(am|pm)$/;
const KOREAN_TIME = /^(오전|오후)?\s*(\d{1,2})\s*시(?:\s*([0-5]?\d)\s*분|\s*(반))?$/u;

const AFTERNOON_WORDS = new Set(['pm', '오후']);
const HALF_DAY_HOURS = 12;

/** `HH:MM` of 24 hours. With `halfDay` (am or pm in either language), hours go from 1 to 12. */
const clockTime = (hour: number, minute: number, halfDay?: string): string | undefined => {
  if (halfDay !== undefined && (hour < 1 || hour > HALF_DAY_HOURS)) return undefined;
  const hour24 =
    halfDay === undefined ? hour : (hour % HALF_DAY_HOURS) + (AFTERNOON_WORDS.has(halfDay) ? HALF_DAY_HOURS : 0);
  if (hour24 > 23) return undefined;
  return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};

/** A time of day as `HH:MM` of 24 hours; undefined for anything else. */
export const readTime = (typed: string): string | undefined => {
  const text = normaliseText(typed);
  const [, hours, minutes, half] = HOUR_AND_MINUTE.exec(text) ?? [];
  if (hours !== undefined) return clockTime(Number(hours), Number(minutes), half);
  const [, hour, halfDay] = HOUR_OF_HALF_DAY.exec(text) ?? [];
  if (hour !== undefined) return clockTime(Number(hour), 0, halfDay);
  const [, koreanHalfDay, koreanHour, minute, halfPast] = KOREAN_TIME.exec(text) ?? [];
  if (koreanHour === undefined) return undefined;
  return clockTime(Number(koreanHour), halfPast === undefined ? Number(minute ?? 0) : 30, koreanHalfDay);
};

/** Suggested times: all full hours, those at which most people read first. */
export const SUGGESTED_TIMES: readonly string[] = [
  7, 8, 9, 6, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15,
].map((hour) => `${String(hour).padStart(2, '0')}:00`);

const NO_HOURS_WORDS: ReadonlySet<string> = new Set([...OFF_WORDS, '해제']);
/** Dashes and tildes of all keyboards, or a word. */
const BETWEEN_TIMES = /\s*(?:[-–—−~〜]|\bto\b|부터)\s*/u;
const UNTIL_SUFFIX = /\s*까지$/u;

/**
 * Hours such as `22:00-07:00`, over midnight if the end is earlier; or `off`. Undefined for anything else and for equal
 * ends.
 */
export const readHours = (typed: string): string | undefined => {
  const text = normaliseText(typed).replace(UNTIL_SUFFIX, '');
  if (NO_HOURS_WORDS.has(text)) return 'off';
  const [first = '', second = '', ...more] = text.split(BETWEEN_TIMES);
  const [from, to] = [readTime(first), readTime(second)];
  return from === undefined || to === undefined || from === to || more.length > 0 ? undefined : `${from}-${to}`;
};
