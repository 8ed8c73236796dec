import type { OpenFigure } from '../facts/edgar/filed-facts.ts';
import type { Fact } from '../facts/fact.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { type Day, daysBetween } from '../util/day.ts';

/** A quarter is reported within this many days of its end, and the one before it is further away. */
const MAX_DAYS_TO_REPORT = 100;

/** Whether a fact is of the quarter that was reported on a day. */
export const isOfReport = ({ period }: Pick<Fact, 'period'>, reported: Day): boolean => {
  const days = daysBetween(period.end, reported);
  return days >= 0 && days <= MAX_DAYS_TO_REPORT;
};

/** Whether a fact was noted as still to come: it is news whenever it comes. */
export const isExpected = (fact: Pick<Fact, 'metric' | 'period'>, noted: readonly OpenFigure[]): boolean =>
  noted.some((open) =>
    open.state === 'released'
      ? isOfReport(fact, newYorkDay(open.at))
      : open.metric === fact.metric && isOfReport(fact, open.filed),
  );
