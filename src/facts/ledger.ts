import { type Basis, COUNTED_INSTEAD } from './basis.ts';
import type { Fact, Subject } from './fact.ts';
import { type AsOf, asOfInstant, knownFrom } from './known-from.ts';
import { isActual, kindOf, type Metric } from './metric.ts';
import { isQuarter } from './period.ts';

/**
 * Point-in-time facts: as known at an instant (epoch milliseconds) or by the end of a day. Nothing later is visible.
 */
export interface Ledger {
  /** All facts known, superseded ones included; by subject, metric, period, then publication. */
  known(asOf: AsOf): readonly Fact[];
  /**
   * The figure in force: of the newest period, or the guidance given last. A company's own figure wins over a
   * tracker's. Undefined means "not disclosed".
   */
  latest(subject: Subject, metric: Metric, asOf: AsOf, basis?: Basis): Fact | undefined;
  /** Every figure known, superseded ones included; oldest period first, then oldest publication. */
  history(subject: Subject, metric: Metric, asOf: AsOf, basis?: Basis): readonly Fact[];
  /** The figures in force, oldest first, one for each period (and basis, unless one is given). */
  figures(subject: Subject, metric: Metric, asOf: AsOf, basis?: Basis): readonly Fact[];
  /** The figures in force that cover a quarter; without a basis, one for each quarter that was told on two. */
  quarters(subject: Subject, metric: Metric, asOf: AsOf, basis?: Basis): readonly Fact[];
  /** The figures that contradict a figure in force, or that it contradicts, as far as they are known; oldest first. */
  disputes(fact: Fact, asOf: AsOf): readonly Fact[];
  /** The last day of the newest period that a subject has reported on; a balance, such as a guarantee, is of a day and no period. */
  newestPeriodEnd(subject: Subject, asOf: AsOf): string | undefined;
}

const ascending = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const startOf = ({ period }: Fact): string => period.start ?? period.end;

const byPeriod = (a: Fact, b: Fact): number =>
  ascending(a.period.end, b.period.end) ||
  ascending(startOf(a), startOf(b)) ||
  ascending(a.published, b.published) ||
  ascending(a.id, b.id);

const rank = (fact: Fact): number => (fact.source.secondary ? 0 : 1);

/** Which source of the same figure wins: the company before a tracker, then the later publication. */
const preferred = (a: Fact, b: Fact): Fact => {
  const order = rank(a) - rank(b) || ascending(a.published, b.published) || ascending(a.id, b.id);
  return order > 0 ? a : b;
};

/** Which of two figures in force is newer. At the same end a quarter wins over its year. */
const newer = (a: Fact, b: Fact): Fact => {
  const guided = kindOf(a.metric) === 'guidance';
  const order =
    (guided ? ascending(a.published, b.published) : 0) ||
    ascending(a.period.end, b.period.end) ||
    ascending(startOf(a), startOf(b));
  return order === 0 ? preferred(a, b) : order > 0 ? a : b;
};

const figureOf = ({ period, basis }: Fact): string => `${period.start ?? ''}/${period.end}/${basis}`;

/** One fact for each period and basis, without superseded and less trusted ones. */
const inForce = (facts: readonly Fact[]): Fact[] => {
  const replaced = new Set(facts.map((fact) => fact.supersedes));
  const inForceByFigure = new Map<string, Fact>();
  for (const fact of facts) {
    if (replaced.has(fact.id)) continue;
    const rival = inForceByFigure.get(figureOf(fact));
    inForceByFigure.set(figureOf(fact), rival ? preferred(fact, rival) : fact);
  }
  return [...inForceByFigure.values()].sort(byPeriod);
};

/** Without the figures of a period that the company told on another basis, too, which counts instead. */
const countedOnce = (facts: readonly Fact[]): Fact[] =>
  facts.filter((fact) => {
    const instead = COUNTED_INSTEAD[fact.basis];
    return !instead || !facts.some((other) => figureOf(other) === figureOf({ ...fact, basis: instead }));
  });

/** What is in force of a series while a number of its facts is known. */
interface InForce {
  readonly known: number;
  readonly figures: readonly Fact[];
  readonly quarters: readonly Fact[];
  readonly latest: Fact | undefined;
}

const inForceOf = (facts: readonly Fact[], basis: Basis | undefined): InForce => {
  const figures = inForce(facts);
  const counted = basis === undefined ? countedOnce(figures) : figures;
  const [first, ...rest] = counted;
  return {
    known: facts.length,
    figures,
    quarters: counted.filter(({ period }) => isQuarter(period)),
    latest: first && rest.reduce(newer, first),
  };
};

/** The same figure of the same day from a better source. It counts from when the figure was known, whoever told it. */
const inPlaceOf = (known: Fact, fact: Fact): Fact => {
  if (fact.time !== undefined || fact.knownBy !== undefined) return fact;
  const { time, knownBy } = known;
  return { ...fact, ...(time !== undefined && { time }), ...(knownBy !== undefined && { knownBy }) };
};

/**
 * Builds a ledger. Of facts with the same id the first wins, unless it is secondary and the other is not: pass curated
 * facts before filed ones.
 */
export const createLedger = (facts: Iterable<Fact>): Ledger => {
  const byId = new Map<string, { readonly fact: Fact; readonly from: number }>();
  for (const fact of facts) {
    const known = byId.get(fact.id)?.fact;
    if (known && rank(fact) <= rank(known)) continue;
    const it = known ? inPlaceOf(known, fact) : fact;
    byId.set(fact.id, { fact: it, from: knownFrom(it) });
  }
  const entries = [...byId.values()].sort((a, b) => byPeriod(a.fact, b.fact));
  const bySeries = Map.groupBy(entries, ({ fact }) => `${fact.subject}/${fact.metric}`);

  /** What subjects reported of periods, not of days; oldest period first. */
  const reported = Map.groupBy(
    entries.filter(({ fact }) => fact.period.start !== undefined && isActual(fact.metric)),
    ({ fact }) => fact.subject,
  );

  const history: Ledger['history'] = (subject, metric, asOf, basis) => {
    const now = asOfInstant(asOf);
    return (bySeries.get(`${subject}/${metric}`) ?? [])
      .filter(({ fact, from }) => from < now && (basis === undefined || fact.basis === basis))
      .map(({ fact }) => fact);
  };

  /** By series and basis, as asked for last: that changes only when another fact of the series is known. */
  const remembered = new Map<string, InForce>();

  const view = (subject: Subject, metric: Metric, asOf: AsOf, basis: Basis | undefined): InForce => {
    const facts = history(subject, metric, asOf, basis);
    const key = `${subject}/${metric}/${basis ?? ''}`;
    const before = remembered.get(key);
    if (before?.known === facts.length) return before;
    const after = inForceOf(facts, basis);
    remembered.set(key, after);
    return after;
  };

  return {
    history,
    figures: (subject, metric, asOf, basis) => view(subject, metric, asOf, basis).figures,
    latest: (subject, metric, asOf, basis) => view(subject, metric, asOf, basis).latest,
    quarters: (subject, metric, asOf, basis) => view(subject, metric, asOf, basis).quarters,
    known: (asOf) => {
      const now = asOfInstant(asOf);
      const known = entries.filter(({ from }) => from < now).map(({ fact }) => fact);
      return known.sort((a, b) => ascending(a.subject, b.subject) || ascending(a.metric, b.metric) || byPeriod(a, b));
    },
    disputes: (fact, asOf) => {
      const known = history(fact.subject, fact.metric, asOf, fact.basis);
      const replaced = new Set(known.map(({ supersedes }) => supersedes));
      const inForceNow = known.filter((it) => figureOf(it) === figureOf(fact) && !replaced.has(it.id));
      const disputed = new Set(
        inForceNow.flatMap(({ id, disputes }) => (disputes === undefined ? [] : [id, disputes])),
      );
      return disputed.has(fact.id) ? inForceNow.filter(({ id }) => id !== fact.id && disputed.has(id)) : [];
    },
    newestPeriodEnd: (subject, asOf) => {
      const now = asOfInstant(asOf);
      return reported.get(subject)?.findLast(({ from }) => from < now)?.fact.period.end;
    },
  };
};
