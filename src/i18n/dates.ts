import type { SessionDate } from '../market/calendar.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import type { Translator } from './catalogue.ts';
import { zoneName } from './zone-name.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** "Jun", "6월", by the language's own short name. */
const monthName = (words: Translator, date: Temporal.PlainDate): string => {
  const known = formatters.get(words.language);
  const format = known ?? new Intl.DateTimeFormat(words.language, { month: 'short', timeZone: 'UTC' });
  if (known === undefined) formatters.set(words.language, format);
  return format.format(Date.UTC(date.year, date.month - 1, 1));
};

/** "18 Jun 2024", "2024년 6월 18일". Throws RangeError for what is no date. */
export const formatFullDate = (words: Translator, day: SessionDate): string => {
  const date = Temporal.PlainDate.from(day);
  return words.say('format.date_with_year', { year: date.year, month: monthName(words, date), day: date.day });
};

/** "18 Jun" on a card of the same year as `cardDay`, otherwise with its year. */
export const formatDate = (words: Translator, day: SessionDate, cardDay: SessionDate): string => {
  const date = Temporal.PlainDate.from(day);
  if (date.year !== Temporal.PlainDate.from(cardDay).year) return formatFullDate(words, day);
  return words.say('format.date', { month: monthName(words, date), day: date.day });
};

/** "Wed 24 Jul", "7월 24일(수)"; `long` is "Wednesday 24 Jul", "7월 24일 수요일". Throws RangeError for what is no date. */
export const formatWeekday = (
  words: Translator,
  day: SessionDate,
  cardDay: SessionDate,
  weekday: 'short' | 'long',
): string => {
  const key = `${words.language} ${weekday}`;
  const known = formatters.get(key);
  const format = known ?? new Intl.DateTimeFormat(words.language, { weekday, timeZone: 'UTC' });
  if (known === undefined) formatters.set(key, format);
  const { year, month, day: date } = Temporal.PlainDate.from(day);
  return words.say(`format.weekday_${weekday}`, {
    weekday: format.format(Date.UTC(year, month - 1, date)),
    date: formatDate(words, day, cardDay),
  });
};

/** The exchange's clock, or another zone's: "13:00". Takes epoch milliseconds. */
export const formatTime = (instant: number, zone = EXCHANGE_TIME_ZONE): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });

/** The exchange's clock: "30 Jul 2024 16:00 New York". Takes epoch milliseconds. */
export const formatInstant = (words: Translator, instant: number): string =>
  formatInstantIn(words, instant, EXCHANGE_TIME_ZONE);

/** A zone's clock: "31 Jul 2024 05:00 Seoul". Takes epoch milliseconds and an IANA name. */
export const formatInstantIn = (words: Translator, instant: number, zone: string): string => {
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return words.say('format.instant', {
    date: formatFullDate(words, there.toPlainDate().toString()),
    time: formatTime(instant, zone),
    place: zoneName(words, zone),
  });
};

const HALF_A_MONTH = { days: 15 };
const MONTHS_IN_A_YEAR = 12;

/** "4–6월", not "4월–6월": a month that is written as a number carries its word once. */
const withoutMonthWord = (month: string): string => /^\d+/.exec(month)?.[0] ?? month;

/**
 * The months of a reporting period: "Apr–Jun 2024", "2024년 4–6월"; a calendar year is "2024". Fiscal quarters of 52- and
 * 53-week years end some days off the month's, so a period is named by the months half a month inside its ends.
 */
export const formatPeriod = (words: Translator, start: string, end: string): string => {
  const from = Temporal.PlainDate.from(start).add(HALF_A_MONTH);
  const to = Temporal.PlainDate.from(end).subtract(HALF_A_MONTH);
  const months = (to.year - from.year) * MONTHS_IN_A_YEAR + to.month - from.month + 1;
  if (from.month === 1 && months === MONTHS_IN_A_YEAR) return words.say('format.year', { year: to.year });
  if (months <= 1) return words.say('format.month', { month: monthName(words, to), year: to.year });
  if (from.year === to.year) {
    const first = withoutMonthWord(monthName(words, from));
    return words.say('format.months', { from: first, to: monthName(words, to), year: to.year });
  }
  return words.say('format.months_over_years', {
    from: monthName(words, from),
    fromYear: from.year,
    to: monthName(words, to),
    toYear: to.year,
  });
};

/** The first day of the quarter that ends on `end`, to the month: enough to name its months. */
export const quarterStart = (end: string): string =>
  Temporal.PlainDate.from(end).subtract(HALF_A_MONTH).with({ day: 1 }).subtract({ months: 2 }).toString();
