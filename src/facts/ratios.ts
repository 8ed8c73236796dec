import type { Day } from '../util/day.ts';
import type { Basis } from './basis.ts';
import { sumOfMillions } from './exact-sum.ts';
import type { Fact, Subject } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { kindOf, type Metric } from './metric.ts';
import { isSamePeriodEnd, lengthOf, yearBefore } from './period.ts';

/**
 * A figure computed from facts. A missing input makes it undefined ("not disclosed"), never 0. Comparisons over time
 * are on one basis.
 */
export interface Derived {
  readonly value: number;
  /** Percent, millions of USD, or a multiple (`x`). */
  readonly unit: 'pct' | 'USD_M' | 'x';
  /** The facts it is computed from. */
  readonly inputs: readonly Fact[];
}

interface FactWithValue {
  readonly fact: Fact;
  readonly value: number;
}

const withValue = (fact: Fact | undefined): FactWithValue | undefined =>
  fact?.value === undefined ? undefined : { fact, value: fact.value };

/** The quarter that ends on about `end`; without `end` the newest. */
export const quarterOf = (
  ledger: Ledger,
  subject: Subject,
  metric: Metric,
  asOf: AsOf,
  end?: Day,
  basis?: Basis,
): Fact | undefined => {
  const quarters = ledger.quarters(subject, metric, asOf, basis);
  return end === undefined ? quarters.at(-1) : quarters.findLast(({ period }) => isSamePeriodEnd(period.end, end));
};

/** The same figure a year before: same metric and basis, and a period of the same length, give or take ten days. */
export const yearAgo = (ledger: Ledger, fact: Fact, asOf: AsOf): Fact | undefined => {
  const length = lengthOf(fact.period) ?? 0;
  const end = yearBefore(fact.period.end);
  return ledger
    .figures(fact.subject, fact.metric, asOf, fact.basis)
    .filter(({ period }) => isSamePeriodEnd(period.end, end))
    .findLast(({ period }) => Math.abs((lengthOf(period) ?? 0) - length) <= 10);
};

/**
 * Value / value a year before − 1, in percent. Undefined for growth rates and guidance, and from a base of 0 or less.
 */
export const yearOnYear = (ledger: Ledger, fact: Fact, asOf: AsOf): Derived | undefined => {
  const kind = kindOf(fact.metric);
  const now = kind === 'flow' || kind === 'balance' ? withValue(fact) : undefined;
  const before = withValue(yearAgo(ledger, fact, asOf));
  if (!now || !before || before.value <= 0) return undefined;
  return { value: (now.value / before.value - 1) * 100, unit: 'pct', inputs: [now.fact, before.fact] };
};

/** Two metrics of the same quarter: the newest of the first metric, or the one ending on about `end`. */
const sameQuarter = (
  ledger: Ledger,
  subject: Subject,
  metrics: readonly [Metric, Metric],
  asOf: AsOf,
  end?: Day,
): readonly [FactWithValue, FactWithValue] | undefined => {
  const first = withValue(quarterOf(ledger, subject, metrics[0], asOf, end));
  const second = first && withValue(quarterOf(ledger, subject, metrics[1], asOf, first.fact.period.end));
  return first && second && [first, second];
};

/** First / second, in percent; undefined if the second is 0 or less. */
const percentRatio = (both: readonly [FactWithValue, FactWithValue] | undefined): Derived | undefined =>
  both && both[1].value > 0
    ? { value: (both[0].value / both[1].value) * 100, unit: 'pct', inputs: both.map(({ fact }) => fact) }
    : undefined;

/** Capital intensity: cash capex / revenue of the same quarter, in percent. */
export const capitalIntensity = (ledger: Ledger, subject: Subject, asOf: AsOf, end?: Day): Derived | undefined =>
  percentRatio(sameQuarter(ledger, subject, ['capex_cash', 'revenue'], asOf, end));

/** Cash capex / operating cash flow of the same quarter, in percent. */
export const capexOfOperatingCashFlow = (
  ledger: Ledger,
  subject: Subject,
  asOf: AsOf,
  end?: Day,
): Derived | undefined => percentRatio(sameQuarter(ledger, subject, ['capex_cash', 'operating_cash_flow'], asOf, end));

/** The bill against the return: cash capex / cloud revenue of the same quarter, in percent. */
export const capexOfCloudRevenue = (ledger: Ledger, subject: Subject, asOf: AsOf, end?: Day): Derived | undefined =>
  percentRatio(sameQuarter(ledger, subject, ['capex_cash', 'cloud_revenue'], asOf, end));

/** Operating cash flow − cash capex of the same quarter, in millions of USD. Amazon's own figure uses net capex. */
export const freeCashFlow = (ledger: Ledger, subject: Subject, asOf: AsOf, end?: Day): Derived | undefined => {
  const both = sameQuarter(ledger, subject, ['capex_cash', 'operating_cash_flow'], asOf, end);
  return (
    both && {
      value: sumOfMillions([both[1].value, -both[0].value]),
      unit: 'USD_M',
      inputs: [both[1].fact, both[0].fact],
    }
  );
};

/**
 * Sum of four consecutive quarters on one basis up to the one ending on about `end`, or the newest; millions of USD.
 */
export const trailingTwelveMonths = (
  ledger: Ledger,
  subject: Subject,
  metric: Metric,
  asOf: AsOf,
  end?: Day,
): Derived | undefined => {
  const last = quarterOf(ledger, subject, metric, asOf, end);
  if (!last || kindOf(metric) !== 'flow') return undefined;
  const quarters = ledger
    .quarters(subject, metric, asOf, last.basis)
    .filter(({ period }) => period.end <= last.period.end)
    .slice(-4);
  const [first] = quarters;
  const days = lengthOf({ start: first?.period.start, end: last.period.end }) ?? 0;
  if (quarters.length !== 4 || days < 355 || days > 375) return undefined;
  return { value: sumOfMillions(quarters.map(({ value }) => value ?? 0)), unit: 'USD_M', inputs: quarters };
};

/** Increase on the same quarter a year before, in millions of USD. */
const yearIncrease = (ledger: Ledger, fact: Fact, asOf: AsOf): Derived | undefined => {
  const [now, before] = [withValue(fact), withValue(yearAgo(ledger, fact, asOf))];
  return (
    now &&
    before && { value: sumOfMillions([now.value, -before.value]), unit: 'USD_M', inputs: [now.fact, before.fact] }
  );
};

/** What a year added to capex and to cloud revenue. */
export interface IncrementalReturn {
  /** Cash capex added in a year, millions of USD per quarter. */
  readonly capex: Derived;
  /** Cloud revenue added in a year, millions of USD per quarter. */
  readonly cloud: Derived;
  /** Cloud revenue added for each dollar of capex added; absent if capex did not grow. */
  readonly perDollar?: number;
}

/** Incremental capex and incremental cloud revenue, each on the same quarter a year before. */
export const incrementalReturn = (
  ledger: Ledger,
  subject: Subject,
  asOf: AsOf,
  end?: Day,
): IncrementalReturn | undefined => {
  const both = sameQuarter(ledger, subject, ['capex_cash', 'cloud_revenue'], asOf, end);
  const capex = both && yearIncrease(ledger, both[0].fact, asOf);
  const cloud = both && yearIncrease(ledger, both[1].fact, asOf);
  if (!capex || !cloud) return undefined;
  return { capex, cloud, ...(capex.value > 0 && { perDollar: cloud.value / capex.value }) };
};

/**
 * Newest cloud backlog / cloud revenue of the four quarters up to the same day, as a multiple (`x`): years of orders.
 */
export const backlogCover = (ledger: Ledger, subject: Subject, asOf: AsOf): Derived | undefined => {
  const backlog = withValue(ledger.latest(subject, 'cloud_backlog', asOf));
  const revenue = backlog && trailingTwelveMonths(ledger, subject, 'cloud_revenue', asOf, backlog.fact.period.end);
  if (!backlog || !revenue || revenue.value <= 0) return undefined;
  return { value: backlog.value / revenue.value, unit: 'x', inputs: [backlog.fact, ...revenue.inputs] };
};
