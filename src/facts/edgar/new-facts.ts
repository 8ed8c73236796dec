import { type Fact, factId } from '../fact.ts';
import { isSamePeriodEnd } from '../period.ts';
import type { Company, FiledMetric } from './companies.ts';
import type { DerivedQuarter } from './derive.ts';

/** The quarters of one metric of one company. */
export interface DerivedMetric {
  readonly metric: FiledMetric;
  readonly basis: Fact['basis'];
  readonly quarters: readonly DerivedQuarter[];
}

export interface SiftedFacts {
  /** In the order of the periods. */
  readonly fresh: readonly Fact[];
  /** Figures of which another value is known of the same day. What is known stays. */
  readonly contradicted: readonly Fact[];
}

/** Millions of US dollars; less apart than this is the same figure. */
const SAME = 0.5;

const isSameValue = (a: Fact, b: Fact): boolean => Math.abs((a.value ?? 0) - (b.value ?? 0)) < SAME;

/** The figures of the same metric, basis and quarter, oldest first. */
const toldOf = (facts: readonly Fact[], { metric, basis }: DerivedMetric, { period }: DerivedQuarter): Fact[] =>
  facts
    .filter((fact) => fact.metric === metric && fact.basis === basis)
    .filter(
      ({ period: { start, end } }) =>
        start !== undefined && isSamePeriodEnd(start, period.start) && isSamePeriodEnd(end, period.end),
    )
    .sort((a, b) => (a.published === b.published ? 0 : a.published < b.published ? -1 : 1));

const factOf = (company: Company, derived: DerivedMetric, quarter: DerivedQuarter, told: readonly Fact[]): Fact => {
  const { subject, name } = company;
  const { label, start, end } = quarter.period;
  const before = told.findLast(({ published }) => published < quarter.published);
  const plain: Omit<Fact, 'id'> = {
    subject,
    metric: derived.metric,
    // A quarter that is known already keeps its name and days, or the ledger would take it for another.
    label: told[0]?.label ?? label,
    period: told[0]?.period ?? { start, end },
    value: quarter.value / 1_000_000,
    unit: 'USD_M',
    basis: derived.basis,
    published: quarter.published,
    source: { title: `${name} ${quarter.filing.form} ${quarter.filing.accession}`, url: quarter.filing.url },
    note: quarter.note,
    ...(before && { supersedes: before.id }),
  };
  return { id: factId(plain), ...plain };
};

/**
 * What the filings tell that is not known yet. A quarter is known where the value in force on the day of its filing
 * is the same, or, where nothing was told before that day, where the same value was told later (the shelf dates some
 * figures by the filing that repeats them). Another value is a restatement: a new fact that supersedes.
 */
export const siftFacts = (company: Company, derived: readonly DerivedMetric[], known: readonly Fact[]): SiftedFacts => {
  const facts = [...known];
  const fresh: Fact[] = [];
  const contradicted: Fact[] = [];
  for (const metric of derived) {
    for (const quarter of metric.quarters) {
      const told = toldOf(facts, metric, quarter);
      const fact = factOf(company, metric, quarter, told);
      const inForce = told.findLast(({ published }) => published <= quarter.published);
      if (inForce ? isSameValue(inForce, fact) : told.some((it) => isSameValue(it, fact))) continue;
      if (told.some(({ id }) => id === fact.id)) {
        contradicted.push(fact);
        continue;
      }
      facts.push(fact);
      fresh.push(fact);
    }
  }
  return {
    fresh: fresh.sort((a, b) => (a.period.end < b.period.end ? -1 : a.period.end > b.period.end ? 1 : 0)),
    contradicted,
  };
};
