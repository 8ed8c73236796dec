import type { SessionDate } from './calendar.ts';

/** A quarter's figures as Yahoo passes them on, in millions of USD; what it does not have is absent. */
export interface FundamentalsQuarter {
  /** The end of the month that the quarter ends with, or nearly so. */
  readonly end: SessionDate;
  /** Cash capex, as a positive number. */
  readonly capex?: number;
  readonly operatingCashFlow?: number;
  readonly revenue?: number;
  readonly researchAndDevelopment?: number;
}
