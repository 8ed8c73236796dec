import type { FundamentalsQuarter } from '../market/source.ts';
import { type Day, daysBetween } from '../util/day.ts';
import { DOLLARS_PER_MILLION, type Fact, type Subject } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import type { Metric } from './metric.ts';
import { isSamePeriodEnd } from './period.ts';

/** A figure on which the ledger and Yahoo differ. */
export interface Difference {
  readonly subject: Subject;
  readonly metric: Metric;
  /** The company's own name of the quarter. */
  readonly label: string;
  /** The last day of the quarter in the ledger. */
  readonly end: Day;
  /** Millions of USD, like `yahooValue`. */
  readonly ledgerValue: number;
  readonly yahooValue: number;
  /**
   * How far Yahoo's figure is above (+) or below (−) the ledger's, in percent of the ledger's; infinite if that is 0.
   */
  readonly percent: number;
  /** The ledger's figure. */
  readonly fact: Fact;
}

const COMPARED_METRICS = [
  ['capex_cash', 'capex'],
  ['operating_cash_flow', 'operatingCashFlow'],
  ['revenue', 'revenue'],
  ['rd_expense', 'researchAndDevelopment'],
] as const satisfies readonly (readonly [Metric, keyof FundamentalsQuarter])[];

/** Differences up to this are rounding and definitions. */
const TOLERANCE_PERCENT = 1;

const dollars = (millions: number): number => Math.round(millions * DOLLARS_PER_MILLION);

/** Compares whole dollars, so that exactly 1% is not a difference. */
const isDifferent = (ours: number, theirs: number): boolean =>
  Math.abs(dollars(theirs) - dollars(ours)) * 100 > Math.abs(dollars(ours)) * TOLERANCE_PERCENT;

/** Which figure to compare first: the company's before a tracker's, then the nearer period end, then the later one. */
const byPreference =
  (end: Day) =>
  (a: Fact, b: Fact): number =>
    Number(a.source.secondary ?? false) - Number(b.source.secondary ?? false) ||
    Math.abs(daysBetween(a.period.end, end)) - Math.abs(daysBetween(b.period.end, end)) ||
    daysBetween(a.published, b.published);

/**
 * Figures that differ by more than 1% between the ledger, as known at `asOf`, and Yahoo; by quarter in the order
 * given, then by metric. Quarters match if they end at most ten days apart, since Yahoo gives month ends. A figure
 * known to only one side is not a difference. A difference does not say who is wrong: Yahoo's figures name no filing.
 */
export const crossCheck = (
  ledger: Ledger,
  subject: Subject,
  quarters: readonly FundamentalsQuarter[],
  asOf: AsOf,
): readonly Difference[] =>
  quarters.flatMap((quarter) =>
    COMPARED_METRICS.flatMap(([metric, figure]): Difference[] => {
      const [fact] = ledger
        .quarters(subject, metric, asOf)
        .filter(({ period, value }) => value !== undefined && isSamePeriodEnd(period.end, quarter.end))
        .sort(byPreference(quarter.end));
      const [ours, theirs] = [fact?.value, quarter[figure]];
      if (!fact || ours === undefined || theirs === undefined || !isDifferent(ours, theirs)) return [];
      const percent = ((theirs - ours) / Math.abs(ours)) * 100;
      const { label, period } = fact;
      return [{ subject, metric, label, end: period.end, ledgerValue: ours, yahooValue: theirs, percent, fact }];
    }),
  );

const millions = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const change = new Intl.NumberFormat('en', {
  signDisplay: 'always',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const print = (format: Intl.NumberFormat, value: number): string => format.format(value).replace('-', '\u2212');

/** A difference in one line for a terminal or a log: the figure, both values, the change and where to look it up. */
export const differenceLine = (difference: Difference): string => {
  const { subject, metric, label, end, ledgerValue, yahooValue, percent, fact } = difference;
  const figure = `${subject} ${metric} ${label} (to ${end})`;
  const both = `${print(millions, ledgerValue)} million USD here, ${print(millions, yahooValue)} at Yahoo`;
  const { title, url, secondary } = fact.source;
  const sourceName = secondary ? `${title} (not the company)` : title;
  return `${figure}: ${both} (${print(change, percent)}%); check it against ${sourceName}, ${url}`;
};
