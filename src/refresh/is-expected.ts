import type { OpenFigure } from '../facts/edgar/filed-facts.ts';
import type { Fact } from '../facts/fact.ts';
import { CLOSING_BELL } from '../facts/known-from.ts';
import { newYorkDay, newYorkTime } from '../market/exchange-time.ts';
import { type Day, daysBetween } from '../util/day.ts';
import { isNews } from './figures-news.ts';

/** A quarter is reported within this many days of its end, and the one before it is further away. */
const MAX_DAYS_TO_REPORT = 100;

/** Whether a fact is of the quarter that was reported on a day. */
const isOfReport = ({ period }: Pick<Fact, 'period'>, reported: Day): boolean => {
  const days = daysBetween(period.end, reported);
  return days >= 0 && days <= MAX_DAYS_TO_REPORT;
};

/** Whether a fact was noted as still to come: it is news whenever it comes. */
const wasAwaited = (fact: Pick<Fact, 'metric' | 'period'>, noted: readonly OpenFigure[]): boolean =>
  noted.some((open) =>
    open.state === 'released'
      ? isOfReport(fact, newYorkDay(open.at))
      : open.metric === fact.metric && isOfReport(fact, open.filed),
  );

/**
 * Whether a fact is news at `now` (epoch milliseconds), however long ago its quarter's results were released: it was
 * noted as still to come, or the report on its quarter has just been filed.
 */
export const isExpected = (
  fact: Pick<Fact, 'metric' | 'period'>,
  noted: readonly OpenFigure[],
  filed: Day,
  now: number,
): boolean => wasAwaited(fact, noted) || (isOfReport(fact, filed) && isNews(newYorkTime(filed, CLOSING_BELL), now));
