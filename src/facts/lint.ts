import { daysBetween } from './day.ts';
import type { Fact } from './fact.ts';
import type { FactFault } from './fault.ts';
import { kindOf } from './metric.ts';
import type { PlacedFact } from './parse-fact-file.ts';
import { isQuarter } from './period.ts';

/** One rule over all facts of the shelf. */
type Rule = (placed: readonly PlacedFact[]) => FactFault[];

/** A change of more than this from one quarter to the next has to be explained by a note. */
const JUMP = 0.35;

const fault = ({ file, line }: PlacedFact, message: string): FactFault => ({ file, line, message });

const grouped = (placed: readonly PlacedFact[], key: (fact: Fact) => string): PlacedFact[][] =>
  [...Map.groupBy(placed, ({ fact }) => key(fact)).values()].map((group) => [...group]);

const seriesKey = (fact: Fact): string => `${fact.subject}/${fact.metric}/${fact.basis}`;

const periodKey = (fact: Fact): string => `${seriesKey(fact)}/${fact.period.start ?? ''}/${fact.period.end}`;

/** Same subject, metric, period, basis and day: the id says it all. */
export const noDuplicates: Rule = (placed) =>
  grouped(placed, (fact) => fact.id).flatMap(([first, ...again]) =>
    again.map((it) => fault(it, `the same figure is already in ${first?.file}:${first?.line}; remove one of them`)),
  );

export const unitFits: Rule = (placed) =>
  placed
    .filter(({ fact }) => (fact.unit === 'USD_M') === (kindOf(fact.metric) === 'rate'))
    .map((it) =>
      fault(it, `${it.fact.metric} cannot be in ${it.fact.unit}; amounts are in USD_M, growth in pct or points`),
    );

export const supersedesSomething: Rule = (placed) => {
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

/** Guidance given anew, like a restatement, names what it replaces, so that no step of the history can get lost. */
export const historyIsKept: Rule = (placed) =>
  grouped(placed, periodKey).flatMap((group) => {
    const inOrder = group.toSorted((a, b) => (a.fact.published < b.fact.published ? -1 : 1));
    return inOrder.flatMap((it, place) => {
      const before = inOrder[place - 1];
      if (!before || it.fact.supersedes === before.fact.id || it.fact.published === before.fact.published) return [];
      return [
        fault(
          it,
          `the figure of ${before.fact.published} for the same period is still in force: add \`supersedes: ${before.fact.published}\``,
        ),
      ];
    });
  });

/** A flow that leaps between neighbouring quarters is a typing error or needs a word of explanation. */
export const jumpsAreNoted: Rule = (placed) => {
  const flows = placed.filter(({ fact }) => kindOf(fact.metric) === 'flow' && isQuarter(fact.period));
  return grouped(flows, seriesKey).flatMap((group) => {
    const inOrder = group.toSorted((a, b) => (a.fact.period.end < b.fact.period.end ? -1 : 1));
    return inOrder.flatMap((it, place) => {
      const before = inOrder[place - 1]?.fact;
      const now = it.fact;
      if (before?.value === undefined || now.value === undefined || before.value <= 0 || now.note !== undefined)
        return [];
      const gap = daysBetween(before.period.end, now.period.start ?? now.period.end);
      if (gap > 10 || Math.abs(now.value - before.value) <= before.value * JUMP) return [];
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

/** Without these the ledger could not tell figures apart: they stop the bot from starting. */
export const STRICT_RULES: readonly Rule[] = [noDuplicates, unitFits, supersedesSomething];

/** These are for the reviewer: a figure may be right though it looks wrong. */
export const REVIEW_RULES: readonly Rule[] = [historyIsKept, jumpsAreNoted];
