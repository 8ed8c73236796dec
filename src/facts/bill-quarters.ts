import type { Day } from '../util/day.ts';
import type { Companies } from './companies.ts';
import type { Subject } from './fact.ts';
import { reportedFigures } from './figures.ts';
import { countedCapex, type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from './hyperscaler-sum.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { isSamePeriodEnd, type Period, shiftQuarter } from './period.ts';
import { isPresent } from './stale.ts';

/** A quarter of the bill. */
export interface BillQuarter {
  /** First and last day. */
  readonly quarter: Period;
  /** Cash capex of each in millions of USD, in the order of the subjects; null for one that had not told it. */
  readonly capex: readonly (number | null)[];
  /** Percent of operating cash flow, of a quarter that all have told; absent unless all tell their cash flow. */
  readonly ofOperatingCashFlow?: number;
}

/** Capex by quarter, of the four or of one company, as known at an instant. */
export interface BillQuarters {
  readonly subjects: readonly Subject[];
  /** Oldest first, none left out; those after the newest that all have told are unfinished. */
  readonly quarters: readonly BillQuarter[];
  /** The newest quarter that all have told, as its card tells it. */
  readonly newest: Pick<HyperscalerSum, 'capex' | 'yoyPercent' | 'ofOperatingCashFlow'>;
}

/** Quarters of a picture: three and a half years. */
export const BILL_QUARTERS = 14;

/** A calendar quarter of the four. */
export interface CountedQuarter extends BillQuarter {
  readonly sum: HyperscalerSum;
}

/** What the four had told of a calendar quarter by `asOf`; undefined if none of them had. */
export const countedQuarter = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  quarter: Period,
  asOf: AsOf,
): CountedQuarter | undefined => {
  const sum = hyperscalerSum(ledger, companies, quarter, asOf);
  if (!sum) return undefined;
  const isComplete = sum.reported === sum.of;
  return {
    quarter,
    sum,
    capex: companies.four.map((subject) => countedCapex(ledger, subject, quarter.end, asOf)?.value ?? null),
    ...(isComplete && sum.ofOperatingCashFlow !== undefined && { ofOperatingCashFlow: sum.ofOperatingCashFlow }),
  };
};

/**
 * Capex of the four by calendar quarter up to the newest of which something was known at `asOf`, as `hyperscalerSum`
 * counts it. Undefined unless two quarters had been told by all four, the newest of them so that it still is the present.
 */
export const billQuarters = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  asOf: AsOf,
): BillQuarters | undefined => {
  const newest = newestHyperscalerSum(ledger, companies, asOf);
  if (!newest || !isPresent(newest.quarter, asOf)) return undefined;
  const after = newest.age?.newer?.quarter;
  const last = after ?? newest.quarter;
  const quarters: BillQuarter[] = [];
  for (let back = 0; back < BILL_QUARTERS; back += 1) {
    const found = countedQuarter(ledger, companies, shiftQuarter(last, -back), asOf);
    if (!found) break;
    const { sum: _, ...quarter } = found;
    quarters.unshift(quarter);
  }
  const complete = quarters.filter(({ capex }) => !capex.includes(null));
  if (complete.length < 2) return undefined;
  const { capex, yoyPercent, ofOperatingCashFlow } = newest;
  return {
    subjects: companies.four,
    quarters,
    newest: {
      capex,
      ...(yoyPercent !== undefined && { yoyPercent }),
      ...(ofOperatingCashFlow !== undefined && { ofOperatingCashFlow }),
    },
  };
};

const monthsBefore = (end: Day, months: number): Day => Temporal.PlainDate.from(end).subtract({ months }).toString();

/**
 * A company's cash capex by quarter up to the one that ends on `end`, as its cards tell it. Undefined unless two quarters
 * were known at `asOf`, the newest among them.
 */
export const companyBillQuarters = (
  ledger: Ledger,
  subject: Subject,
  end: Day,
  asOf: AsOf,
): BillQuarters | undefined => {
  const newest = reportedFigures(ledger, subject, end, asOf);
  const oldest = ledger.quarters(subject, 'capex_cash', asOf)[0];
  if (!newest || !oldest) return undefined;
  const ends = Array.from({ length: BILL_QUARTERS }, (_, back) => monthsBefore(end, 3 * back));
  const quarters = ends
    .filter((it) => it >= oldest.period.end || isSamePeriodEnd(it, oldest.period.end))
    .map((it): BillQuarter => {
      const figures = reportedFigures(ledger, subject, it, asOf);
      const { start, end: last } = figures?.capex.fact.period ?? { end: it };
      const share = figures?.ofOperatingCashFlow;
      return {
        quarter: { start: start ?? monthsBefore(last, 3), end: last },
        capex: [figures?.capex.fact.value ?? null],
        ...(share !== undefined && { ofOperatingCashFlow: share }),
      };
    });
  if (quarters.filter(({ capex }) => !capex.includes(null)).length < 2) return undefined;
  const { yoyPercent } = newest.capex;
  return {
    subjects: [subject],
    quarters: quarters.toReversed(),
    newest: {
      capex: newest.capex.fact.value ?? 0,
      ...(yoyPercent !== undefined && { yoyPercent }),
      ...(newest.ofOperatingCashFlow !== undefined && { ofOperatingCashFlow: newest.ofOperatingCashFlow }),
    },
  };
};
