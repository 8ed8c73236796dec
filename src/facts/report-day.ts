import type { Companies } from './companies.ts';
import type { Subject } from './fact.ts';
import type { Ledger } from './ledger.ts';
import { relevanceOf } from './relevance.ts';

/** The New York day on which a company reports. */
export interface ReportDay {
  readonly symbol: Subject;
  readonly day: string;
  /** Whether the company has not confirmed the day. */
  readonly estimated: boolean;
}

const REPORT_HORIZON_DAYS = 7;

/**
 * Reports due on `today` (New York) or in the `days` after it, by default seven, soonest first. Leaves out companies whose figures of
 * that day are already known at `asOf` (epoch milliseconds).
 */
export const comingReports = (
  reports: readonly ReportDay[],
  ledger: Ledger,
  today: string,
  asOf: number,
  days = REPORT_HORIZON_DAYS,
): readonly ReportDay[] => {
  const last = Temporal.PlainDate.from(today).add({ days }).toString();
  const known = ledger.known(asOf);
  return reports
    .filter(({ day }) => day >= today && day <= last)
    .filter(({ symbol, day }) => !known.some((fact) => fact.subject === symbol && fact.published === day))
    .toSorted((a, b) => (a.day === b.day ? (a.symbol < b.symbol ? -1 : 1) : a.day < b.day ? -1 : 1));
};

/** The next report day and the companies that report on it. */
export interface NextReport {
  readonly day: string;
  readonly symbols: readonly Subject[];
  /** Whether one of them has not confirmed the day. */
  readonly estimated: boolean;
}

/** The first to report of the companies relevant to `symbol`; undefined if none is in `coming`. */
export const nextReport = (
  coming: readonly ReportDay[],
  companies: Companies,
  symbol: string,
  asOf: number,
): NextReport | undefined => {
  const { bill, return: back } = relevanceOf(symbol, companies, asOf);
  const relevant = new Set([...bill, ...back].map(({ subject }) => subject));
  const own = coming.filter((report) => relevant.has(report.symbol) || report.symbol === symbol);
  const [first] = own;
  if (!first) return undefined;
  const together = own.filter(({ day }) => day === first.day);
  return {
    day: first.day,
    symbols: together.map((report) => report.symbol),
    estimated: together.some(({ estimated }) => estimated),
  };
};
