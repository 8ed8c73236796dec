import { newYorkDay } from '../market/exchange-time.ts';
import type { Day } from '../util/day.ts';
import { CASH_BASES } from './basis.ts';
import type { Companies } from './companies.ts';
import type { Fact, Subject } from './fact.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { calendarQuarter, isSamePeriodEnd, type Period, shiftQuarter, yearBefore } from './period.ts';
import { quarterOf } from './ratios.ts';

/** A sum over the four hyperscalers for one calendar quarter, cash basis. Their fiscal quarters are all calendar quarters. */
export interface HyperscalerSum {
  /** First and last day of the calendar quarter. */
  readonly quarter: { readonly start: string; readonly end: string };
  /** Millions of USD, over the companies that have reported. */
  readonly capex: number;
  /** How many of the four have reported. */
  readonly reported: number;
  readonly of: number;
  /** Percent of the same companies' operating cash flow; absent unless all of them disclose it. */
  readonly ofOperatingCashFlow?: number;
  readonly yoyPercent?: number;
}

/** How far back to look for a complete quarter. */
const MAX_QUARTERS_BACK = 12;

/** Sum of the values; undefined if one is missing. */
const sum = (facts: readonly (Fact | undefined)[]): number | undefined => {
  let total = 0;
  for (const fact of facts) {
    if (fact?.value === undefined) return undefined;
    total += fact.value;
  }
  return total;
};

const percentOf = (part: number, whole: number | undefined): number | undefined =>
  whole !== undefined && whole > 0 ? (part / whole) * 100 : undefined;

/** The capex of the quarter ending on about `end`, as a sum counts it. */
const countedCapex = (ledger: Ledger, subject: Subject, end: Day, asOf: AsOf): Fact | undefined =>
  ledger
    .quarters(subject, 'capex_cash', asOf)
    .filter(({ basis }) => CASH_BASES.includes(basis))
    .findLast(({ period }) => isSamePeriodEnd(period.end, end));

/**
 * Cash capex of the four in one calendar quarter, over those that had reported by `asOf`; as a percentage of the same
 * companies' operating cash flow, and its change on the same sum a year before. Amazon's gross purchases count as cash
 * capex, like the others' purchases of property and equipment. Undefined if none of the four had reported.
 */
export const hyperscalerSum = (
  ledger: Ledger,
  { four }: Pick<Companies, 'four'>,
  quarter: Period,
  asOf: AsOf,
): HyperscalerSum | undefined => {
  const capex = four.flatMap((subject) => countedCapex(ledger, subject, quarter.end, asOf) ?? []);
  const total = sum(capex);
  if (capex.length === 0 || total === undefined) return undefined;
  const cashFlow = sum(
    capex.map(({ subject }) => quarterOf(ledger, subject, 'operating_cash_flow', asOf, quarter.end)),
  );
  const before = sum(capex.map(({ subject, period }) => countedCapex(ledger, subject, yearBefore(period.end), asOf)));
  const ofOperatingCashFlow = percentOf(total, cashFlow);
  const ofYearBefore = percentOf(total, before);
  return {
    quarter,
    capex: total,
    reported: capex.length,
    of: four.length,
    ...(ofOperatingCashFlow !== undefined && { ofOperatingCashFlow }),
    ...(ofYearBefore !== undefined && { yoyPercent: ofYearBefore - 100 }),
  };
};

/** The newest calendar quarter that all four had reported by `asOf`. */
export const newestHyperscalerSum = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  asOf: AsOf,
): HyperscalerSum | undefined => {
  const current = calendarQuarter(newYorkDay(asOfInstant(asOf)));
  for (let back = 1; back <= MAX_QUARTERS_BACK; back += 1) {
    const found = hyperscalerSum(ledger, companies, shiftQuarter(current, -back), asOf);
    if (found && found.reported === found.of) return found;
  }
  return undefined;
};
