import { type Day, daysBetween } from '../../util/day.ts';
import type { Fact } from '../fact.ts';

/** A quarter is reported within this many days of its end, and the one before it is further away. */
const MAX_DAYS_TO_REPORT = 100;

/** Whether a fact is of the quarter that was reported on a day. */
export const isOfReport = ({ period }: Pick<Fact, 'period'>, reported: Day): boolean => {
  const days = daysBetween(period.end, reported);
  return days >= 0 && days <= MAX_DAYS_TO_REPORT;
};
