import type { Day } from '../../../util/day.ts';
import { isSamePeriodEnd, yearBefore } from '../../period.ts';
import { type Filer, SEGMENT_METRICS, type SegmentMark, type SegmentMetric } from '../filer.ts';
import type { InlineFact } from '../inline/inline-facts.ts';

/** Revenue of one segment over a span of days, as one document has it; whole US dollars. */
export interface SegmentAmount {
  readonly start: Day;
  readonly end: Day;
  readonly value: number;
}

/** Why an amount is not believed. */
export type SegmentDoubt = 'negative' | 'above the total' | 'far from the year before' | 'told as two values';

export interface HeldAmount extends SegmentAmount {
  readonly doubt: SegmentDoubt;
}

/** What one document has of one metric. */
export interface SegmentAmounts {
  readonly metric: SegmentMetric;
  readonly basis: SegmentMark['basis'];
  readonly amounts: readonly SegmentAmount[];
  readonly held: readonly HeldAmount[];
}

/** Says that a figure is of the segments before eliminations, which is true of every segment with a member of its own. */
const NEUTRAL_AXIS = 'srt:ConsolidationItemsAxis';
const NEUTRAL_MEMBER = 'us-gaap:OperatingSegmentsMember';

/** With a total to check against, only a wrong scale; without one, also a jump that no segment makes in a year. */
const MAX_FACTOR = { withTotal: 100, alone: 5 } as const;

type Flow = InlineFact & { readonly start: Day };

const isFlow = (fact: InlineFact): fact is Flow => fact.start !== undefined;

const dimensionsOf = ({ dimensions }: InlineFact): readonly (readonly [string, string])[] =>
  [...dimensions].filter(([axis, member]) => axis !== NEUTRAL_AXIS || member !== NEUTRAL_MEMBER);

const hasMembers = (fact: InlineFact, members: Readonly<Record<string, string>>): boolean => {
  const own = dimensionsOf(fact);
  return own.length === Object.keys(members).length && own.every(([axis, member]) => members[axis] === member);
};

const periodOf = ({ start, end }: SegmentAmount): string => `${start}/${end}`;

const digitsOf = (value: number): number => String(value).replace(/0*$/, '').length;

/** A document may have an amount rounded in its text: of each period those with the most digits. */
const mostExact = (flows: readonly Flow[]): readonly number[] => {
  const values = [...new Set(flows.map(({ value }) => value))];
  const digits = Math.max(...values.map(digitsOf));
  return values.filter((value) => digitsOf(value) === digits);
};

/** Amounts of every period with these members, from the first tag that has one of it. */
const amountsWith = (
  facts: readonly Flow[],
  tags: readonly string[],
  members: Readonly<Record<string, string>>,
): Map<string, Flow[]> => {
  const found = new Map<string, Flow[]>();
  for (const tag of tags) {
    const ofTag = facts.filter((it) => it.concept === `us-gaap:${tag}` && hasMembers(it, members));
    for (const [period, flows] of Map.groupBy(ofTag, periodOf)) if (!found.has(period)) found.set(period, flows);
  }
  return found;
};

/** The amounts of a segment under one mark, with what cannot be right apart; undefined if the document has none. */
const readMark = (facts: readonly Flow[], mark: SegmentMark): Pick<SegmentAmounts, 'amounts' | 'held'> | undefined => {
  const byPeriod = amountsWith(facts, mark.tags, mark.members);
  if (byPeriod.size === 0) return undefined;
  const totals = amountsWith(facts, mark.tags, {});
  const held: HeldAmount[] = [];
  const told: SegmentAmount[] = [];
  for (const flows of byPeriod.values()) {
    const values = mostExact(flows);
    const [first] = flows;
    const [value] = values;
    if (!first || value === undefined) continue;
    const amount = { start: first.start, end: first.end, value };
    if (values.length > 1) held.push({ ...amount, doubt: 'told as two values' });
    else told.push(amount);
  }
  const doubtOf = (amount: SegmentAmount): SegmentDoubt | undefined => {
    const { start, end, value } = amount;
    if (value < 0) return 'negative';
    const total = Math.max(...(totals.get(periodOf(amount)) ?? []).map((it) => it.value));
    if (Number.isFinite(total) && value > total) return 'above the total';
    const before = told.find(
      (it) => isSamePeriodEnd(it.end, yearBefore(end)) && isSamePeriodEnd(it.start, yearBefore(start)),
    );
    if (!before || before.value <= 0 || value === 0) return undefined;
    const most = Number.isFinite(total) ? MAX_FACTOR.withTotal : MAX_FACTOR.alone;
    const factor = value / before.value;
    return factor > most || factor < 1 / most ? 'far from the year before' : undefined;
  };
  const amounts: SegmentAmount[] = [];
  for (const amount of told) {
    const doubt = doubtOf(amount);
    if (doubt) held.push({ ...amount, doubt });
    else amounts.push(amount);
  }
  return { amounts, held };
};

const isUsed = ({ filedAfter = '', filedUntil = '9999-12-31' }: SegmentMark, filed: Day): boolean =>
  filed > filedAfter && filed <= filedUntil;

/** How a metric is marked in reports of a day; empty where the company has no such segment. */
const marksOf = (
  { segments = {} }: Pick<Filer, 'segments'>,
  metric: SegmentMetric,
  filed: Day,
): readonly SegmentMark[] => segments[metric]?.filter((mark) => isUsed(mark, filed)) ?? [];

/** The metrics that a company's reports of a day have. */
export const segmentMetricsOf = (company: Pick<Filer, 'segments'>, filed: Day): readonly SegmentMetric[] =>
  SEGMENT_METRICS.filter((metric) => marksOf(company, metric, filed).length > 0);

/**
 * The revenue of a company's segments in one document, filed on a day: spans of three, six, nine or twelve months, prior
 * years among them. `missing` are the metrics of which the document has no amount under any mark.
 */
export const readSegments = (
  company: Pick<Filer, 'segments'>,
  filed: Day,
  facts: readonly InlineFact[],
): { readonly found: readonly SegmentAmounts[]; readonly missing: readonly SegmentMetric[] } => {
  const flows = facts.filter(isFlow);
  const found: SegmentAmounts[] = [];
  const missing: SegmentMetric[] = [];
  for (const metric of segmentMetricsOf(company, filed)) {
    const read = marksOf(company, metric, filed).flatMap((mark): SegmentAmounts[] => {
      const amounts = readMark(flows, mark);
      return amounts ? [{ metric, basis: mark.basis, ...amounts }] : [];
    });
    const [first] = read;
    if (first) found.push(first);
    else missing.push(metric);
  }
  return { found, missing };
};
