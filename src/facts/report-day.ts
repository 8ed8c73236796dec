import type { Subject } from './fact.ts';
import type { Ledger } from './ledger.ts';
import { type Relation, relationsAt } from './relations.ts';
import { relevanceOf } from './relevance.ts';

/** A company reports on this New York day. */
export interface ReportDay {
  readonly symbol: Subject;
  readonly day: string;
  /** True where the company has not named the day itself. */
  readonly estimated: boolean;
}

const DAYS = 7;

/**
 * Who reports on `today` (New York's) or in the seven days after it, soonest first; today's only while its figures are
 * not known at `asOf`, in epoch milliseconds.
 */
export const comingReports = (
  reports: readonly ReportDay[],
  ledger: Ledger,
  today: string,
  asOf: number,
): readonly ReportDay[] => {
  const last = Temporal.PlainDate.from(today).add({ days: DAYS }).toString();
  const known = ledger.known(asOf);
  return reports
    .filter(({ day }) => day >= today && day <= last)
    .filter(({ symbol, day }) => !known.some((fact) => fact.subject === symbol && fact.published === day))
    .toSorted((a, b) => (a.day === b.day ? (a.symbol < b.symbol ? -1 : 1) : a.day < b.day ? -1 : 1));
};

/** Companies that report on one day, the next on which any does. */
export interface NextReport {
  readonly day: string;
  readonly symbols: readonly Subject[];
  /** True where one of them has not named the day itself. */
  readonly estimated: boolean;
}

/** Of the companies that bear on `symbol`, those that report first; undefined where none is known to within a week. */
export const nextReport = (
  coming: readonly ReportDay[],
  relations: readonly Relation[],
  symbol: string,
  asOf: number,
): NextReport | undefined => {
  const { bill, return: back } = relevanceOf(symbol, relationsAt(relations, asOf));
  const bearing = new Set([...bill, ...back].map(({ subject }) => subject));
  const own = coming.filter((report) => bearing.has(report.symbol) || report.symbol === symbol);
  const [first] = own;
  if (!first) return undefined;
  const together = own.filter(({ day }) => day === first.day);
  return {
    day: first.day,
    symbols: together.map((report) => report.symbol),
    estimated: together.some(({ estimated }) => estimated),
  };
};
