import { newYorkDay } from '../market/exchange-time.ts';
import { type Day, daysBetween } from '../util/day.ts';
import type { Fact } from './fact.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { isActual } from './metric.ts';
import { isSamePeriodEnd } from './period.ts';

/** Companies report within 100 days of a period's end; after that a newer figure is overdue. */
const STALE_AFTER_DAYS = 100;

/** What ended longer ago is not shown as the present. */
const PRESENT_DAYS = 400;

/** Days from the end of a fact's period to `asOf`; negative while the period lasts. */
export const ageOf = (fact: Fact, asOf: AsOf): number => daysBetween(fact.period.end, newYorkDay(asOfInstant(asOf)));

/** Whether a period that ended on `end` is recent enough to be shown as the present: at most 400 days ago. */
export const isPresent = ({ end }: { readonly end: Day }, asOf: AsOf): boolean =>
  daysBetween(end, newYorkDay(asOfInstant(asOf))) <= PRESENT_DAYS;

/** Whether a period that ended on `end` is over for so long that a newer figure is overdue. */
export const isOverdue = ({ end }: { readonly end: Day }, asOf: AsOf): boolean =>
  daysBetween(end, newYorkDay(asOfInstant(asOf))) > STALE_AFTER_DAYS;

/**
 * Whether a newer filing of the same company is known, or the period ended more than 100 days ago. Guidance is stale
 * once its period is over.
 */
export const isStale = (ledger: Ledger, fact: Fact, asOf: AsOf): boolean => {
  const age = ageOf(fact, asOf);
  if (!isActual(fact.metric)) return age > 0;
  const newest = ledger.newestPeriodEnd(fact.subject, asOf) ?? fact.period.end;
  return isOverdue(fact.period, asOf) || (newest > fact.period.end && !isSamePeriodEnd(newest, fact.period.end));
};
