import type { FundamentalsQuarter } from '../market/source.ts';
import { type Day, daysBetween } from './day.ts';
import type { Fact, Subject } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import type { Metric } from './metric.ts';
import { near } from './period.ts';

/** A figure on which the ledger and Yahoo do not agree. */
export interface Difference {
  readonly subject: Subject;
  readonly metric: Metric;
  /** The company's own name of the quarter, and its last day. */
  readonly label: string;
  readonly end: Day;
  /** Millions of USD, as for Yahoo's. */
  readonly ledgerValue: number;
  readonly yahooValue: number;
  /** How far Yahoo's figure lies above (+) or below (−) the ledger's, in percent of it; infinite where it is 0. */
  readonly percent: number;
  /** Where the ledger's figure comes from. */
  readonly fact: Fact;
}

const COMPARED = [
  ['capex_cash', 'capex'],
  ['operating_cash_flow', 'operatingCashFlow'],
  ['revenue', 'revenue'],
  ['rd_expense', 'researchAndDevelopment'],
] as const satisfies readonly (readonly [Metric, keyof FundamentalsQuarter])[];

/** Differences up to this many percent are rounding and definitions. */
const TOLERANCE = 1;

const dollars = (millions: number): number => Math.round(millions * 1_000_000);

/** In whole dollars, so that one percent exactly is never more than one percent. */
const differ = (ours: number, theirs: number): boolean =>
  Math.abs(dollars(theirs) - dollars(ours)) * 100 > Math.abs(dollars(ours)) * TOLERANCE;

const rank = ({ source }: Fact): number => (source.secondary ? 1 : 0);

/** The better of two figures to be checked: the company's before a tracker's, then the nearer, then the later told. */
const better =
  (end: Day) =>
  (a: Fact, b: Fact): number =>
    rank(a) - rank(b) ||
    Math.abs(daysBetween(a.period.end, end)) - Math.abs(daysBetween(b.period.end, end)) ||
    daysBetween(a.published, b.published);

/**
 * Where the ledger, as known at `asOf`, and Yahoo's quarters lie more than 1% apart; by quarter, in the order given,
 * then by metric. A quarter is the same where its ends lie at most ten days apart, since Yahoo gives month ends. What
 * only one side knows is no difference. Neither side is thereby wrong: Yahoo's figures name no filing.
 */
export const crossCheck = (
  ledger: Ledger,
  subject: Subject,
  quarters: readonly FundamentalsQuarter[],
  asOf: AsOf,
): readonly Difference[] =>
  quarters.flatMap((quarter) =>
    COMPARED.flatMap(([metric, figure]): Difference[] => {
      const [fact] = ledger
        .quarters(subject, metric, asOf)
        .filter(({ period, value }) => value !== undefined && near(period.end, quarter.end))
        .sort(better(quarter.end));
      const [ours, theirs] = [fact?.value, quarter[figure]];
      if (!fact || ours === undefined || theirs === undefined || !differ(ours, theirs)) return [];
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

/** One line for a terminal or a log: whose figure, what both say, how far apart, and where to look it up. */
export const differenceLine = (difference: Difference): string => {
  const { subject, metric, label, end, ledgerValue, yahooValue, percent, fact } = difference;
  const figure = `${subject} ${metric} ${label} (to ${end})`;
  const both = `${print(millions, ledgerValue)} million USD here, ${print(millions, yahooValue)} at Yahoo`;
  const { title, url, secondary } = fact.source;
  const witness = secondary ? `${title} (not the company)` : title;
  return `${figure}: ${both} (${print(change, percent)}%); check it against ${witness}, ${url}`;
};
