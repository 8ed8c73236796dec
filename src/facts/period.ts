import { addDays, type Day, daysBetween } from '../util/day.ts';
import type { Fact } from './fact.ts';

/** A span of days, both ends included. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

/** Days in a period, both ends included; undefined for a balance, which has no start. */
export const lengthOf = ({ start, end }: Fact['period']): number | undefined =>
  start === undefined ? undefined : daysBetween(start, end) + 1;

/** Whether a period has 80 to 100 days, which includes 13-week quarters. */
export const isQuarter = (period: Fact['period']): boolean => {
  const days = lengthOf(period);
  return days !== undefined && days >= 80 && days <= 100;
};

/** Whether two period ends are at most ten days apart: 52/53-week years do not end on the same day. */
export const isSamePeriodEnd = (a: Day, b: Day): boolean => Math.abs(daysBetween(a, b)) <= 10;

/** About the day on which the same quarter of the year before ends. */
export const yearBefore = (day: Day): Day => addDays(day, -365);

/** First and last days of the quarters of a year. */
const FIRST_DAYS = ['01-01', '04-01', '07-01', '10-01'];
const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31'];

/** The calendar quarter that is `quarters` after that of a day. */
const quarterAfter = (day: Day, quarters: number): Period => {
  const count = Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3) + quarters;
  const year = Math.floor(count / 4);
  return { start: `${year}-${FIRST_DAYS[count % 4]}`, end: `${year}-${LAST_DAYS[count % 4]}` };
};

/** The calendar quarter of a day. */
export const calendarQuarter = (day: Day): Period => quarterAfter(day, 0);

/** The calendar quarter a number of quarters after (or before, if negative) a calendar quarter. */
export const shiftQuarter = ({ start }: Period, quarters: number): Period => quarterAfter(start, quarters);
