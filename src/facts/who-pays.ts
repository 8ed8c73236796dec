import { addDays, type Day } from '../util/day.ts';
import type { Basis } from './basis.ts';
import { sumOfMillions } from './exact-sum.ts';
import type { Fact, Subject } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import type { Metric } from './metric.ts';
import { isSamePeriodEnd, yearBefore } from './period.ts';
import { freeCashFlow, incrementalReturn, quarterOf } from './ratios.ts';
import { isPresent } from './stale.ts';

/** Flows of a quarter. What is left over is worked out: operating cash flow less capex. */
const FLOWS = {
  left_over: undefined,
  buybacks: 'buybacks',
  dividends: 'dividends',
  lease_principal: 'finance_lease_principal',
  preferred: 'preferred_issued',
} as const satisfies Record<string, Metric | undefined>;

/** Balances; of several metrics a company's newest, and of the same day the first. */
const BALANCES = {
  debt: ['long_term_debt'],
  purchases: ['purchase_commitments', 'supply_commitments'],
  leases: ['lease_commitments'],
  orders: ['rpo', 'cloud_backlog'],
  stakes: ['private_stakes'],
} as const satisfies Record<string, readonly Metric[]>;

export type FundingKey = keyof typeof FLOWS | keyof typeof BALANCES;

export const FUNDING_KEYS = [...Object.keys(FLOWS), ...Object.keys(BALANCES)] as readonly FundingKey[];

/** One side of who pays for capex: a sum over the companies that tell it. */
export interface FundingLine {
  readonly key: FundingKey;
  /** Millions of USD. */
  readonly amount: number;
  /** The companies in it, and of how many. */
  readonly subjects: readonly Subject[];
  readonly of: number;
  /** Of a flow its quarter; of balances the first and the last of their days, or the one that they share. */
  readonly period: { readonly start?: Day; readonly end: Day };
  /** Absent if the companies count it by several definitions. */
  readonly basis?: Basis;
  /** Of a flow the same companies' a year before, in millions of USD; absent if one of them did not tell it. */
  readonly yearBefore?: number;
}

/** A line with the figures that it is made of. */
export interface SourcedFundingLine extends FundingLine {
  readonly facts: readonly Fact[];
}

/** How many quarters back a flow is looked for that has not been told of the newest. */
const MAX_QUARTERS_BACK = 3;

/** A company's balance belongs to a quarter from the end of the one before on. */
const MAX_DAYS_BEFORE_END = 100;

/** What one company tells of a quarter, and the figures that it is made of. */
interface Told {
  readonly amount: number;
  readonly facts: readonly Fact[];
}

const toldFlow = (
  ledger: Ledger,
  subject: Subject,
  metric: Metric | undefined,
  end: Day,
  asOf: AsOf,
): Told | undefined => {
  if (metric === undefined) {
    const left = freeCashFlow(ledger, subject, asOf, end);
    return left && { amount: left.value, facts: left.inputs };
  }
  const fact = quarterOf(ledger, subject, metric, asOf, end);
  return fact?.value === undefined ? undefined : { amount: fact.value, facts: [fact] };
};

const toldBalance = (
  ledger: Ledger,
  subject: Subject,
  metrics: readonly Metric[],
  end: Day,
  asOf: AsOf,
): Told | undefined => {
  const [newest] = metrics
    .flatMap((metric) => ledger.figures(subject, metric, asOf))
    .filter(({ period }) => period.end > addDays(end, -MAX_DAYS_BEFORE_END))
    .filter(({ period }) => period.end <= end || isSamePeriodEnd(period.end, end))
    .toSorted((a, b) => (a.period.end === b.period.end ? 0 : a.period.end < b.period.end ? 1 : -1));
  return newest?.value === undefined ? undefined : { amount: newest.value, facts: [newest] };
};

const periodOf = ({ period: { start, end } }: Fact): FundingLine['period'] => ({
  ...(start !== undefined && { start }),
  end,
});

const monthsBefore = (end: Day, months: number): Day => Temporal.PlainDate.from(end).subtract({ months }).toString();

const lineOf = (
  key: FundingKey,
  told: readonly Told[],
  of: number,
): Omit<SourcedFundingLine, 'period' | 'yearBefore'> => {
  const facts = told.flatMap((it) => it.facts);
  const [basis, ...others] = new Set(told.map((it) => it.facts[0]?.basis));
  return {
    key,
    amount: sumOfMillions(told.map(({ amount }) => amount)),
    subjects: [...new Set(facts.map(({ subject }) => subject))],
    of,
    ...(basis !== undefined && others.length === 0 && { basis }),
    facts,
  };
};

const flowLine = (
  ledger: Ledger,
  subjects: readonly Subject[],
  key: keyof typeof FLOWS,
  newest: Day,
  asOf: AsOf,
): SourcedFundingLine[] => {
  for (let back = 0; back <= MAX_QUARTERS_BACK; back += 1) {
    const end = monthsBefore(newest, 3 * back);
    const toldAt = (subject: Subject, day: Day) => toldFlow(ledger, subject, FLOWS[key], day, asOf) ?? [];
    const told = subjects.flatMap((subject) => toldAt(subject, end));
    const [first] = told.flatMap(({ facts }) => facts);
    if (!first) continue;
    if (!isPresent(first.period, asOf)) return [];
    const line = lineOf(key, told, subjects.length);
    const before = line.subjects.flatMap((subject) => toldAt(subject, yearBefore(first.period.end)));
    const isComparable = before.length === told.length;
    return [
      {
        ...line,
        period: periodOf(first),
        ...(isComparable && { yearBefore: sumOfMillions(before.map(({ amount }) => amount)) }),
      },
    ];
  }
  return [];
};

const balanceLine = (
  ledger: Ledger,
  subjects: readonly Subject[],
  key: keyof typeof BALANCES,
  end: Day,
  asOf: AsOf,
): SourcedFundingLine[] => {
  const told = subjects.flatMap((subject) => toldBalance(ledger, subject, BALANCES[key], end, asOf) ?? []);
  const days = told.flatMap(({ facts }) => facts.map(({ period }) => period.end)).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || !isPresent({ end: last }, asOf)) return [];
  return [
    {
      ...lineOf(key, told, subjects.length),
      period: { ...(first !== last && { start: first }), end: last },
    },
  ];
};

const isFlow = (key: FundingKey): key is keyof typeof FLOWS => key in FLOWS;

/**
 * Who pays for the capex of the quarter that ends on about `end`: what is left of the cash flow, what shareholders got,
 * what was borrowed, what is owed and what customers have ordered; by company or over several. A flow that none of them
 * has told of that quarter is of an earlier one, at most three back; a balance is at most one quarter older. Nothing is
 * older than the present lasts; lines of which nothing is known are left out.
 */
export const fundingLines = (
  ledger: Ledger,
  subjects: readonly Subject[],
  end: Day,
  asOf: AsOf,
): readonly SourcedFundingLine[] =>
  FUNDING_KEYS.flatMap((key) =>
    isFlow(key) ? flowLine(ledger, subjects, key, end, asOf) : balanceLine(ledger, subjects, key, end, asOf),
  );

/** A line as a story keeps it. */
export const withoutFacts = ({ facts: _, ...line }: SourcedFundingLine): FundingLine => line;

/** What a year added to capex and to cloud revenue, per quarter, of the companies that tell both. */
export interface CloudBesideCapex {
  /** Millions of USD. */
  readonly capex: number;
  readonly cloud: number;
  readonly subjects: readonly Subject[];
  readonly of: number;
}

/** Growth in dollars of cloud revenue beside that of capex, same companies; undefined if none tells both. */
export const cloudBesideCapex = (
  ledger: Ledger,
  subjects: readonly Subject[],
  end: Day,
  asOf: AsOf,
): CloudBesideCapex | undefined => {
  const grown = subjects.flatMap((subject) => {
    const increment = incrementalReturn(ledger, subject, asOf, end);
    return increment ? [{ subject, capex: increment.capex.value, cloud: increment.cloud.value }] : [];
  });
  if (grown.length === 0) return undefined;
  return {
    capex: sumOfMillions(grown.map(({ capex }) => capex)),
    cloud: sumOfMillions(grown.map(({ cloud }) => cloud)),
    subjects: grown.map(({ subject }) => subject),
    of: subjects.length,
  };
};
