import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { oneOf, perCatalogue } from './per-catalogue.ts';

/** The forms of a time: `7:30 pm`, `7am`, and with the words of languages that have them, as in `pm 7 hour 30 minute`. */
const formsOf = perCatalogue(({ typed: { time } }) => {
  const halfDay = oneOf([...time.am, ...time.pm]);
  const afterHour = `(?:\\s*(?<minutes>[0-5]?\\d)\\s*${oneOf(time.minute)}|\\s*(?<half>${oneOf(time.half)}))?`;
  const minute = `:(?<minute>[0-5]\\d)|\\s*(?<hourWord>${oneOf(time.hour)})${afterHour}`;
  return {
    time: new RegExp(`^(?<before>${halfDay})?\\s*(?<hour>\\d{1,2})(?:${minute})?\\s*(?<after>${halfDay})?$`, 'u'),
    afternoon: new Set(time.pm),
    /** Dashes and tildes of all keyboards, or a word. */
    between: new RegExp(`\\s*(?:[-–—−~〜]|${oneOf(time.to)})\\s*`, 'u'),
    until: new RegExp(`\\s*${oneOf(time.until)}$`, 'u'),
  };
});

const HALF_DAY_HOURS = 12;
const HALF_PAST = 30;

/** A time of day as `HH:MM` of 24 hours; undefined for anything else. A number alone is refused: it may be a mistake. */
export const readTime = (catalogue: Catalogue, typed: string): string | undefined => {
  const { time, afternoon } = formsOf(catalogue);
  const parts = time.exec(normaliseText(typed))?.groups;
  if (!parts) return undefined;
  const { before, after, minute, hourWord, half, minutes = '0' } = parts;
  const halfDay = before ?? after;
  if (halfDay === undefined && minute === undefined && hourWord === undefined) return undefined;
  if (before !== undefined && after !== undefined) return undefined;
  const hour = Number(parts.hour);
  if (halfDay !== undefined && (hour < 1 || hour > HALF_DAY_HOURS)) return undefined;
  const hour24 = halfDay === undefined ? hour : (hour % HALF_DAY_HOURS) + (afternoon.has(halfDay) ? HALF_DAY_HOURS : 0);
  if (hour24 > 23) return undefined;
  const past = half === undefined ? Number(minute ?? minutes) : HALF_PAST;
  return `${String(hour24).padStart(2, '0')}:${String(past).padStart(2, '0')}`;
};

/** Suggested times: all full hours, those at which most people read first. */
export const SUGGESTED_TIMES: readonly string[] = [
  7, 8, 9, 6, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15,
].map((hour) => `${String(hour).padStart(2, '0')}:00`);

/**
 * Hours such as `22:00-07:00`, over midnight if the end is earlier; or `off`. Undefined for anything else and for equal
 * ends.
 */
export const readHours = (catalogue: Catalogue, typed: string): string | undefined => {
  const { between, until } = formsOf(catalogue);
  const { off, clear } = catalogue.typed.value;
  const text = normaliseText(typed).replace(until, '');
  if (off.includes(text) || clear.includes(text)) return 'off';
  const [first = '', second = '', ...more] = text.split(between);
  const [from, to] = [readTime(catalogue, first), readTime(catalogue, second)];
  return from === undefined || to === undefined || from === to || more.length > 0 ? undefined : `${from}-${to}`;
};
