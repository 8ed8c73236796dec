import { newYorkDay } from '../market/exchange-time.ts';
import { daysBetween } from './day.ts';
import type { Fact } from './fact.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { isActual } from './metric.ts';
import { near } from './period.ts';

/** A company reports within 100 days of a period's end; after that a newer figure is due. */
export const DUE_DAYS = 100;

/** Days since the end of a fact's period, as of then; negative while the period lasts. */
export const ageOf = (fact: Fact, asOf: AsOf): number => daysBetween(fact.period.end, newYorkDay(asOfInstant(asOf)));

/**
 * True where a newer filing of the same company is known, or more than 100 days have passed since the period's end.
 * Guidance goes stale when its period is over.
 */
export const isStale = (ledger: Ledger, fact: Fact, asOf: AsOf): boolean => {
  const age = ageOf(fact, asOf);
  if (!isActual(fact.metric)) return age > 0;
  const newest = ledger.newestPeriodEnd(fact.subject, asOf) ?? fact.period.end;
  return age > DUE_DAYS || (newest > fact.period.end && !near(newest, fact.period.end));
};
