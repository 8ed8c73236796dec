import { newYorkDay } from '../market/exchange-time.ts';
import { daysBetween } from '../util/day.ts';
import type { Fact } from './fact.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { isActual } from './metric.ts';
import { isSamePeriodEnd } from './period.ts';

/** Companies report within 100 days of a period's end; after that a newer figure is overdue. */
const STALE_AFTER_DAYS = 100;

/** Days from the end of a fact's period to `asOf`; negative while the period lasts. */
export const ageOf = (fact: Fact, asOf: AsOf): number => daysBetween(fact.period.end, newYorkDay(asOfInstant(asOf)));

/**
 * Whether a newer filing of the same company is known, or the period ended more than 100 days ago. Guidance is stale
 * once its period is over.
 */
export const isStale = (ledger: Ledger, fact: Fact, asOf: AsOf): boolean => {
  const age = ageOf(fact, asOf);
  if (!isActual(fact.metric)) return age > 0;
  const newest = ledger.newestPeriodEnd(fact.subject, asOf) ?? fact.period.end;
  return age > STALE_AFTER_DAYS || (newest > fact.period.end && !isSamePeriodEnd(newest, fact.period.end));
};
