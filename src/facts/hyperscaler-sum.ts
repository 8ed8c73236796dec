import { newYorkDay } from '../market/exchange-time.ts';
import { type Day, daysBetween } from '../util/day.ts';
import { CASH_BASES } from './basis.ts';
import type { Companies } from './companies.ts';
import { sumOfMillions } from './exact-sum.ts';
import type { Fact, Subject } from './fact.ts';
import { type AsOf, asOfInstant } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { calendarQuarter, isSamePeriodEnd, type Period, shiftQuarter, yearBefore } from './period.ts';
import { quarterOf } from './ratios.ts';
import { isOverdue, isPresent } from './stale.ts';

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
  /** How old the quarter is; absent in stories of earlier versions, and for a quarter that was asked for. */
  readonly age?: SumAge;
}

/** The age of the newest quarter that all have reported. */
export interface SumAge {
  /** Days since the quarter ended. */
  readonly days: number;
  /** Whether that is more than 100 days, or one of the companies has reported a newer quarter. */
  readonly stale: boolean;
  /** The newest quarter that some have reported, if it is a newer one. */
  readonly newer?: Pick<HyperscalerSum, 'quarter' | 'capex' | 'reported' | 'of'>;
}

/** How far back to look for a complete quarter. */
const MAX_QUARTERS_BACK = 12;

/** Sum of the values; undefined if one is missing. */
const sum = (facts: readonly (Fact | undefined)[]): number | undefined => {
  const values = facts.flatMap((fact) => fact?.value ?? []);
  return values.length === facts.length ? sumOfMillions(values) : undefined;
};

const percentOf = (part: number, whole: number | undefined): number | undefined =>
  whole !== undefined && whole > 0 ? (part / whole) * 100 : undefined;

/** The capex of the quarter ending on about `end`, as a sum counts it. */
export const countedCapex = (ledger: Ledger, subject: Subject, end: Day, asOf: AsOf): Fact | undefined =>
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

const ageOf = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  complete: Period,
  begun: HyperscalerSum | undefined,
  asOf: AsOf,
): SumAge => {
  const isNewer = (subject: Subject): boolean => {
    const newest = ledger.newestPeriodEnd(subject, asOf) ?? complete.end;
    return newest > complete.end && !isSamePeriodEnd(newest, complete.end);
  };
  return {
    days: daysBetween(complete.end, newYorkDay(asOfInstant(asOf))),
    stale: isOverdue(complete, asOf) || begun !== undefined || companies.four.some(isNewer),
    ...(begun && {
      newer: { quarter: begun.quarter, capex: begun.capex, reported: begun.reported, of: begun.of },
    }),
  };
};

/** The newest calendar quarter that all four had reported by `asOf`, with its age. */
export const newestHyperscalerSum = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  asOf: AsOf,
): HyperscalerSum | undefined => {
  const current = calendarQuarter(newYorkDay(asOfInstant(asOf)));
  let begun: HyperscalerSum | undefined;
  for (let back = 1; back <= MAX_QUARTERS_BACK; back += 1) {
    const found = hyperscalerSum(ledger, companies, shiftQuarter(current, -back), asOf);
    if (found && found.reported === found.of)
      return { ...found, age: ageOf(ledger, companies, found.quarter, begun, asOf) };
    begun ??= found;
  }
  return undefined;
};

/** The same, unless the quarter ended too long ago to be shown as the present. */
export const presentHyperscalerSum = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  asOf: AsOf,
): HyperscalerSum | undefined => {
  const newest = newestHyperscalerSum(ledger, companies, asOf);
  return newest && isPresent(newest.quarter, asOf) ? newest : undefined;
};
