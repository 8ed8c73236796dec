import type { Companies } from './companies.ts';
import type { Fact, Subject } from './fact.ts';
import { hyperscalerSum, newestHyperscalerSum } from './hyperscaler-sum.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { type Period, shiftQuarter } from './period.ts';
import { quarterOf } from './ratios.ts';
import { isPresent } from './stale.ts';

/** Capex of the four beside the cloud revenue of those of them that tell it, by calendar quarter. */
export interface CloudQuarters {
  /** Those that tell cloud revenue. */
  readonly subjects: readonly Subject[];
  /** Oldest first, at least two. Amounts in millions of USD. */
  readonly quarters: readonly {
    readonly quarter: Period;
    readonly capex: number;
    /** In the order of `subjects`. */
    readonly revenue: readonly number[];
    /** Whether one of them counts otherwise than in the quarter before. */
    readonly recast: boolean;
  }[];
  /** Whether none of them has told a newer quarter. */
  readonly isLatest: boolean;
  /** The change of the newest quarter's capex on the year before. */
  readonly yoyPercent?: number;
}

/** Quarters of a picture: a year and a half. */
const MAX_QUARTERS = 6;

/**
 * The quarters up to the newest whose capex all four had told at `asOf`. Undefined unless that is the present, and two
 * quarters are known of all that tell cloud revenue of the newest.
 */
export const cloudQuarters = (
  ledger: Ledger,
  companies: Pick<Companies, 'four'>,
  asOf: AsOf,
): CloudQuarters | undefined => {
  const newest = newestHyperscalerSum(ledger, companies, asOf);
  if (!newest || !isPresent(newest.quarter, asOf)) return undefined;
  const cloudOf = (subject: Subject, { end }: Period): Fact | undefined =>
    quarterOf(ledger, subject, 'cloud_revenue', asOf, end);
  const subjects = companies.four.filter((subject) => cloudOf(subject, newest.quarter)?.value !== undefined);
  const found: { quarter: Period; capex: number; facts: readonly Fact[] }[] = [];
  for (let back = 0; back < MAX_QUARTERS; back += 1) {
    const quarter = shiftQuarter(newest.quarter, -back);
    const sum = hyperscalerSum(ledger, companies, quarter, asOf);
    const facts = subjects.flatMap((subject) => cloudOf(subject, quarter) ?? []);
    if (sum?.reported !== sum?.of || !sum || facts.some(({ value }) => value === undefined)) break;
    if (facts.length < subjects.length) break;
    found.unshift({ quarter, capex: sum.capex, facts });
  }
  if (subjects.length === 0 || found.length < 2) return undefined;
  return {
    subjects,
    quarters: found.map(({ quarter, capex, facts }, at) => ({
      quarter,
      capex,
      revenue: facts.map(({ value }) => value ?? 0),
      recast: at > 0 && facts.some(({ basis }, n) => basis !== found[at - 1]?.facts[n]?.basis),
    })),
    isLatest: subjects.every(
      (subject) => cloudOf(subject, newest.quarter) === quarterOf(ledger, subject, 'cloud_revenue', asOf),
    ),
    ...(newest.yoyPercent !== undefined && { yoyPercent: newest.yoyPercent }),
  };
};
