import { addDays, type Day, daysBetween } from './day.ts';
import type { Fact } from './fact.ts';

/** A stretch of days, both ends included. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

/** Days in a period, both ends counted; undefined for a balance, which has no start. */
export const lengthOf = ({ start, end }: Fact['period']): number | undefined =>
  start === undefined ? undefined : daysBetween(start, end) + 1;

/** 80 to 100 days, so that 13-week quarters count as quarters. */
export const isQuarter = (period: Fact['period']): boolean => {
  const days = lengthOf(period);
  return days !== undefined && days >= 80 && days <= 100;
};

/** True where two days are the same up to the wandering end of a 52/53-week year. */
export const near = (a: Day, b: Day): boolean => Math.abs(daysBetween(a, b)) <= 10;

/** The same quarter of the year before ends on about this day. */
export const yearBefore = (day: Day): Day => addDays(day, -365);

/** The calendar quarter that a day lies in. */
export const calendarQuarter = (day: Day): Period => {
  const date = Temporal.PlainDate.from(day);
  const start = date.with({ month: date.month - ((date.month - 1) % 3), day: 1 });
  return { start: start.toString(), end: start.add({ months: 3 }).subtract({ days: 1 }).toString() };
};

/** The calendar quarter before or after a calendar quarter. */
export const shiftQuarter = (quarter: Period, quarters: number): Period =>
  calendarQuarter(
    Temporal.PlainDate.from(quarter.start)
      .add({ months: 3 * quarters })
      .toString(),
  );
