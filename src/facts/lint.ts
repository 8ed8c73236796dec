import { daysBetween } from '../util/day.ts';
import type { Fact } from './fact.ts';
import type { FactFault } from './fact-fault.ts';
import { actualsAreInTime, eveningsAreTimed, minutesAreOfOneDay, sourcesAreThere } from './lint-publication.ts';
import { kindOf } from './metric.ts';
import type { PlacedFact } from './parse-fact-file.ts';
import { isQuarter } from './period.ts';

/** One rule over all curated facts. */
type Rule = (placed: readonly PlacedFact[]) => FactFault[];

/** A change of more than this fraction from one quarter to the next needs a note. */
const MAX_UNEXPLAINED_CHANGE = 0.35;

const fault = ({ file, line }: PlacedFact, message: string): FactFault => ({ file, line, message });

const grouped = (placed: readonly PlacedFact[], key: (fact: Fact) => string): PlacedFact[][] =>
  [...Map.groupBy(placed, ({ fact }) => key(fact)).values()].map((group) => [...group]);

const seriesKey = (fact: Fact): string => `${fact.subject}/${fact.metric}/${fact.basis}`;

const periodKey = (fact: Fact): string => `${seriesKey(fact)}/${fact.period.start ?? ''}/${fact.period.end}`;

/** No two facts share an id, that is subject, metric, period, basis and day. */
const noDuplicates: Rule = (placed) =>
  grouped(placed, (fact) => fact.id).flatMap(([first, ...again]) =>
    again.map((it) => fault(it, `the same figure is already in ${first?.file}:${first?.line}; remove one of them`)),
  );

/** Amounts are in USD_M, rates in percent or points. */
const unitFits: Rule = (placed) =>
  placed
    .filter(({ fact }) => (fact.unit === 'USD_M') === (kindOf(fact.metric) === 'rate'))
    .map((it) =>
      fault(it, `${it.fact.metric} cannot be in ${it.fact.unit}; amounts are in USD_M, growth in pct or points`),
    );

/** `supersedes` names an older fact that is present. */
const supersedesSomething: Rule = (placed) => {
  const published = new Map(placed.map(({ fact }) => [fact.id, fact.published]));
  return placed.flatMap((it) => {
    const { supersedes } = it.fact;
    if (supersedes === undefined) return [];
    const replaced = published.get(supersedes);
    if (replaced === undefined)
      return [fault(it, `supersedes ${supersedes}, which does not exist; restore it or correct the date`)];
    return replaced < it.fact.published ? [] : [fault(it, 'supersedes a figure that is not older; correct the date')];
  });
};

/** `disputes` names an older figure that is present, has another value and comes from elsewhere. */
const disputesSomething: Rule = (placed) => {
  const byId = new Map(placed.map(({ fact }) => [fact.id, fact]));
  return placed.flatMap((it) => {
    const { disputes, published, source, value, low, high } = it.fact;
    if (disputes === undefined) return [];
    const other = byId.get(disputes);
    if (!other) return [fault(it, `disputes ${disputes}, which does not exist; restore it or correct the date`)];
    if (other.published >= published) return [fault(it, 'disputes a figure that is not older; correct the date')];
    if (other.value === value && other.low === low && other.high === high)
      return [fault(it, 'disputes a figure of the same value; remove one of them')];
    return other.source.url === source.url
      ? [fault(it, 'disputes a figure of its own source; use `supersedes` for a correction')]
      : [];
  });
};

/** Revised guidance and restatements name the fact they replace, so that no step of the history is lost. */
const historyIsKept: Rule = (placed) =>
  grouped(placed, periodKey).flatMap((group) => {
    const inOrder = group.toSorted((a, b) => (a.fact.published < b.fact.published ? -1 : 1));
    return inOrder.flatMap((it, place) => {
      const before = inOrder[place - 1];
      if (!before || it.fact.published === before.fact.published || it.fact.disputes !== undefined) return [];
      if (it.fact.supersedes === before.fact.id) return [];
      return [
        fault(
          it,
          `the figure of ${before.fact.published} for the same period is still in force: add \`supersedes: ${before.fact.published}\``,
        ),
      ];
    });
  });

/** A flow that jumps between neighbouring quarters is a typing error, or needs a note. */
const jumpsAreNoted: Rule = (placed) => {
  const flows = placed.filter(({ fact }) => kindOf(fact.metric) === 'flow' && isQuarter(fact.period));
  return grouped(flows, seriesKey).flatMap((group) => {
    const inOrder = group.toSorted((a, b) => (a.fact.period.end < b.fact.period.end ? -1 : 1));
    return inOrder.flatMap((it, place) => {
      const before = inOrder[place - 1]?.fact;
      const now = it.fact;
      if (before?.value === undefined || now.value === undefined || before.value <= 0 || now.note !== undefined)
        return [];
      const gap = daysBetween(before.period.end, now.period.start ?? now.period.end);
      if (gap > 10 || Math.abs(now.value - before.value) <= before.value * MAX_UNEXPLAINED_CHANGE) return [];
      const percent = Math.round((now.value / before.value - 1) * 100);
      return [
        fault(
          it,
          `${now.value} is ${percent}% off the previous quarter's ${before.value}; check it and explain it in a note`,
        ),
      ];
    });
  });
};

/** Rules that the ledger relies on: a fault stops the bot from starting. */
export const STRICT_RULES: readonly Rule[] = [noDuplicates, unitFits, supersedesSomething, disputesSomething];

/** Rules for review: a figure that breaks one may still be right. */
export const REVIEW_RULES: readonly Rule[] = [
  historyIsKept,
  jumpsAreNoted,
  eveningsAreTimed,
  actualsAreInTime,
  sourcesAreThere,
  minutesAreOfOneDay,
];
