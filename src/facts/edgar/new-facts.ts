import { type Fact, factId } from '../fact.ts';
import { isSamePeriodEnd } from '../period.ts';
import type { DerivedQuarter } from './derive.ts';
import type { FiledMetric, Filer, SegmentMetric } from './filer.ts';
import type { Publications } from './publication.ts';

/** The quarters of one metric of one company. */
export interface DerivedMetric {
  readonly metric: FiledMetric | SegmentMetric;
  readonly basis: Fact['basis'];
  readonly quarters: readonly DerivedQuarter[];
}

export interface NewFacts {
  /** Facts to add, oldest period first. */
  readonly fresh: readonly Fact[];
  /** Figures with another value than the known first-hand fact of the same day. The known one stays. */
  readonly contradicted: readonly Fact[];
}

/** Values closer than this, in millions of US dollars, are the same figure. */
const SAME_VALUE_TOLERANCE = 0.5;

/**
 * The same for a difference of rounded figures: 64,089 of a year less 47,460 is 16,629, and the quarter that the company
 * told is 16,628. What was told is then the exact one.
 */
const DIFFERENCE_TOLERANCE = 2.5;

const isSameValue = (a: Fact, b: Fact, { isDifference = false }: DerivedQuarter): boolean =>
  Math.abs((a.value ?? 0) - (b.value ?? 0)) < (isDifference ? DIFFERENCE_TOLERANCE : SAME_VALUE_TOLERANCE);

/** The known facts of the same metric, basis and quarter, oldest publication first. */
const earlierFacts = (facts: readonly Fact[], { metric, basis }: DerivedMetric, { period }: DerivedQuarter): Fact[] =>
  facts
    .filter((fact) => fact.metric === metric && fact.basis === basis)
    .filter(
      ({ period: { start, end } }) =>
        isSamePeriodEnd(end, period.end) &&
        (start === undefined || period.start === undefined
          ? start === period.start
          : isSamePeriodEnd(start, period.start)),
    )
    .sort((a, b) => (a.published === b.published ? 0 : a.published < b.published ? -1 : 1));

const factOf = (
  { subject }: Filer,
  derived: DerivedMetric,
  quarter: DerivedQuarter,
  earlier: readonly Fact[],
  publicationOf: Publications,
): Fact => {
  const { label, start, end } = quarter.period;
  const { source, ...moment } = publicationOf(quarter, derived.basis);
  const before = earlier.findLast((it) => !it.source.secondary && it.published < moment.published);
  const plain: Omit<Fact, 'id'> = {
    subject,
    metric: derived.metric,
    // A known quarter keeps its label and days, or the ledger would treat it as another quarter.
    label: earlier[0]?.label ?? label,
    period: earlier[0]?.period ?? { ...(start !== undefined && { start }), end },
    value: quarter.value / 1_000_000,
    unit: 'USD_M',
    basis: derived.basis,
    ...moment,
    source,
    note: source.title.includes(quarter.filing.accession)
      ? quarter.note
      : `${quarter.note}, ${quarter.filing.form} ${quarter.filing.accession}`,
    ...(before && { supersedes: before.id }),
  };
  return { id: factId(plain), ...plain };
};

/**
 * The figures of filings that are not known yet. A quarter is known if the value in force on its day is the same,
 * or, if nothing was published by that day, if the same value was published later (curated facts date some figures by
 * the filing that repeats them). A different value is a restatement: a new fact that supersedes the earlier one. What
 * only others have told is not known: the filing takes its place, and restates nothing.
 */
export const findNewFacts = (
  company: Filer,
  derived: readonly DerivedMetric[],
  known: readonly Fact[],
  publicationOf: Publications,
): NewFacts => {
  const facts = [...known];
  const fresh: Fact[] = [];
  const contradicted: Fact[] = [];
  for (const metric of derived) {
    for (const quarter of metric.quarters) {
      const earlier = earlierFacts(facts, metric, quarter);
      const fact = factOf(company, metric, quarter, earlier, publicationOf);
      const firstHand = earlier.filter(({ source }) => !source.secondary);
      const inForce = firstHand.findLast(({ published }) => published <= fact.published);
      if (inForce ? isSameValue(inForce, fact, quarter) : firstHand.some((it) => isSameValue(it, fact, quarter)))
        continue;
      if (firstHand.some(({ id }) => id === fact.id)) {
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
