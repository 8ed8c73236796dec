import type { OpenFigure } from '../facts/edgar/filed-facts.ts';
import { isOfReport } from '../facts/edgar/is-of-report.ts';
import type { Fact } from '../facts/fact.ts';
import { CLOSING_BELL } from '../facts/known-from.ts';
import { newYorkDay, newYorkTime } from '../market/exchange-time.ts';
import type { Day } from '../util/day.ts';
import { isNews } from './figures-news.ts';

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
