import { type Day, daysBetween } from '../util/day.ts';
import type { Fact } from './fact.ts';

/** How old a ledger is. */
export interface LedgerAge {
  /** Publication day of its newest figure. */
  readonly newest: Day;
  /** Days from then to today. */
  readonly days: number;
}

/** The age of the newest figure on `today`; undefined without figures. */
export const ledgerAge = (facts: readonly Pick<Fact, 'published'>[], today: Day): LedgerAge | undefined => {
  const newest = facts.reduce((day, { published }) => (published > day ? published : day), '');
  return newest === '' ? undefined : { newest, days: daysBetween(newest, today) };
};
