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

/** The calendar quarter of a day. */
export const calendarQuarter = (day: Day): Period => {
  const date = Temporal.PlainDate.from(day);
  const start = date.with({ month: date.month - ((date.month - 1) % 3), day: 1 });
  return { start: start.toString(), end: start.add({ months: 3 }).subtract({ days: 1 }).toString() };
};

/** The calendar quarter a number of quarters after (or before, if negative) a calendar quarter. */
export const shiftQuarter = (quarter: Period, quarters: number): Period =>
  calendarQuarter(
    Temporal.PlainDate.from(quarter.start)
      .add({ months: 3 * quarters })
      .toString(),
  );
