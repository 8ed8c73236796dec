import type { SessionDate } from '../market/calendar.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import { DAY_MS } from '../util/durations.ts';
import type { Translator } from './catalogue.ts';
import { zoneName } from './names.ts';

/** A Monday in UTC, in January. */
const MONDAY = Date.UTC(2024, 0, 1);

const names = new Map<string, string>();

/** A name of one of the first twelve months or days from `MONDAY` on, in the language. Made once: a formatter is slow. */
const nameOf = (language: string, what: 'month' | 'weekday', style: 'short' | 'long', at: number): string => {
  const key = `${language} ${what} ${style} ${at}`;
  const utc = what === 'month' ? Date.UTC(2024, at, 1) : MONDAY + at * DAY_MS;
  const name = names.get(key) ?? new Intl.DateTimeFormat(language, { [what]: style, timeZone: 'UTC' }).format(utc);
  names.set(key, name);
  return name;
};

/** "Jun". */
const monthName = ({ language }: Translator, date: Temporal.PlainDate): string =>
  nameOf(language, 'month', 'short', date.month - 1);

/** "18 Jun 2024". Throws RangeError for an invalid date. */
export const formatFullDate = (words: Translator, day: SessionDate): string => {
  const date = Temporal.PlainDate.from(day);
  return words.say('format.date_with_year', { year: date.year, month: monthName(words, date), day: date.day });
};

/** "18 Jun", with the year if it is not that of `cardDay`. */
export const formatDate = (words: Translator, day: SessionDate, cardDay: SessionDate): string => {
  const date = Temporal.PlainDate.from(day);
  if (date.year !== Temporal.PlainDate.from(cardDay).year) return formatFullDate(words, day);
  return words.say('format.date', { month: monthName(words, date), day: date.day });
};

/** "Wed 24 Jul"; `long` is "Wednesday 24 Jul". Throws RangeError for an invalid date. */
export const formatWeekday = (
  words: Translator,
  day: SessionDate,
  cardDay: SessionDate,
  weekday: 'short' | 'long',
): string => {
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return words.say(`format.weekday_${weekday}`, {
    weekday: nameOf(words.language, 'weekday', weekday, dayOfWeek - 1),
    date: formatDate(words, day, cardDay),
  });
};

const timeOf = (there: Temporal.ZonedDateTime): string => there.toPlainTime().toString({ smallestUnit: 'minute' });

/** "13:00" from epoch milliseconds, by default in New York time. */
export const formatTime = (instant: number, zone = EXCHANGE_TIME_ZONE): string =>
  timeOf(Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone));

/** "30 Jul 2024 16:00 New York" from epoch milliseconds. */
export const formatInstant = (words: Translator, instant: number): string =>
  formatInstantIn(words, instant, EXCHANGE_TIME_ZONE);

/** "31 Jul 2024 05:00 Seoul" from epoch milliseconds and an IANA time zone. */
export const formatInstantIn = (words: Translator, instant: number, zone: string): string => {
  const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return words.say('format.instant', {
    date: formatFullDate(words, there.toPlainDate().toString()),
    time: timeOf(there),
    place: zoneName(words, zone),
  });
};

const HALF_A_MONTH = { days: 15 };
const MONTHS_IN_A_YEAR = 12;

/** "4–6月", not "4月–6月": a month written as a number needs its word once. */
const withoutMonthWord = (month: string): string => /^\d+/.exec(month)?.[0] ?? month;

/**
 * The months of a reporting period: "Apr–Jun 2024"; a calendar year is "2024". Quarters of 52- and 53-week
 * years end some days before or after a month does, so the months are read half a month inside the period's ends.
 */
export const formatPeriod = (words: Translator, start: string, end: string): string =>
  periodText(words, start, end, '');

/** The same without the years if it has ended within twelve months before `cardDay`: "Apr–Jun". */
export const formatRecentPeriod = (words: Translator, start: string, end: string, cardDay: SessionDate): string => {
  const yearBefore = Temporal.PlainDate.from(cardDay).subtract({ years: 1 }).toString();
  return periodText(words, start, end, end > yearBefore && end <= cardDay ? '_brief' : '');
};

const periodText = (words: Translator, start: string, end: string, brief: '' | '_brief'): string => {
  const from = Temporal.PlainDate.from(start).add(HALF_A_MONTH);
  const to = Temporal.PlainDate.from(end).subtract(HALF_A_MONTH);
  const months = (to.year - from.year) * MONTHS_IN_A_YEAR + to.month - from.month + 1;
  if (from.month === 1 && months === MONTHS_IN_A_YEAR) return words.say('format.year', { year: to.year });
  if (months <= 1)
    return words.say(`format.month${brief}`, {
      month: monthName(words, to),
      ...(brief === '' && { year: to.year }),
    });
  if (from.year === to.year) {
    const first = withoutMonthWord(monthName(words, from));
    return words.say(`format.months${brief}`, {
      from: first,
      to: monthName(words, to),
      ...(brief === '' && { year: to.year }),
    });
  }
  if (brief)
    return words.say('format.months_brief', {
      from: withoutMonthWord(monthName(words, from)),
      to: monthName(words, to),
    });
  return words.say('format.months_over_years', {
    from: monthName(words, from),
    fromYear: from.year,
    to: monthName(words, to),
    toYear: to.year,
  });
};

/** The first day of the month in which the quarter ending on `end` starts. */
export const quarterStart = (end: string): string =>
  Temporal.PlainDate.from(end).subtract(HALF_A_MONTH).with({ day: 1 }).subtract({ months: 2 }).toString();

/** "Mon", from 1 (Monday) to 7. */
export const dayName = ({ language }: Translator, day: number): string => nameOf(language, 'weekday', 'short', day - 1);

/** "Mon–Fri", "Mon, Wed", from ascending numbers, 1 (Monday) to 7; three or more in a row are a range. */
export const weekdays = (words: Translator, days: readonly number[]): string => {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => {
      const names = run.map((day) => dayName(words, day));
      return run.length > 2 ? [`${names[0]}–${names.at(-1)}`] : names;
    })
    .join(', ');
};
