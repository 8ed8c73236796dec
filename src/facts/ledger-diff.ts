import type { Fact } from './fact.ts';
import { type Revision, revisionOf } from './guidance.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';
import { kindOf } from './metric.ts';

/** What happened to a figure between two instants, in the order of the text. */
export const CHANGES = [
  'new',
  'restated',
  'disputed',
  'withdrawn',
  'raised',
  'lowered',
  'narrowed',
  'widened',
  'kept',
  'first-hand',
] as const satisfies readonly (Exclude<Revision, 'first'> | string)[];

export type ChangeKind = (typeof CHANGES)[number];

/**
 * One figure that is not the same at both instants: `before` is absent for a new one, `after` for one that is withdrawn.
 * `disputed` is a second figure that contradicts the first: both stand. `raised` to `kept` are of guidance; `first-hand` is the same value, by now in a document of the company itself.
 */
export interface LedgerChange {
  readonly change: ChangeKind;
  readonly before?: Fact;
  readonly after?: Fact;
}

const figureOf = ({ subject, metric, period, basis }: Fact): string =>
  [subject, metric, period.start ?? '', period.end, basis].join('/');

/** The figures in force, by what they are about; by subject, metric and period. */
const inForce = (ledger: Ledger, asOf: AsOf): Map<string, Fact> => {
  const series = new Map(
    ledger.known(asOf).map(({ subject, metric }) => [`${subject}/${metric}`, { subject, metric }]),
  );
  const figures = [...series.values()].flatMap(({ subject, metric }) => ledger.figures(subject, metric, asOf));
  return new Map(figures.map((fact) => [figureOf(fact), fact]));
};

const isSameFigure = (a: Fact, b: Fact): boolean => a.value === b.value && a.low === b.low && a.high === b.high;

const changeOf = (before: Fact, after: Fact): ChangeKind => {
  if (before.source.secondary && !after.source.secondary && isSameFigure(before, after)) return 'first-hand';
  if (kindOf(after.metric) !== 'guidance') return 'restated';
  const revision = revisionOf(before, after);
  return revision === 'first' ? 'new' : revision;
};

const newOf = (after: Fact): LedgerChange => ({ change: 'new', after });

/** What changed in the figures in force from one instant to a later one; by subject, metric and period. */
export const ledgerDiff = (before: Ledger, from: AsOf, after: Ledger, to: AsOf): LedgerChange[] => {
  const then = inForce(before, from);
  const now = inForce(after, to);
  return [...new Set([...then.keys(), ...now.keys()])].sort().flatMap((figure): LedgerChange[] => {
    const was = then.get(figure);
    const is = now.get(figure);
    if (!is) return was ? [{ change: 'withdrawn', before: was }] : [];
    const standing = [is, ...after.disputes(is, to)];
    const known = was ? [was, ...before.disputes(was, from)] : [];
    const isKnown = ({ id }: Fact): boolean => known.some((it) => it.id === id);
    const disputed = ({ disputes }: Fact): Fact | undefined => standing.find(({ id }) => id === disputes);
    const first = standing.find((it) => !disputed(it)) ?? is;
    return [
      ...(isKnown(first) ? [] : [was ? { change: changeOf(was, first), before: was, after: first } : newOf(first)]),
      ...standing.flatMap((it): LedgerChange[] => {
        const other = disputed(it);
        return other && !isKnown(it) ? [{ change: 'disputed', before: other, after: it }] : [];
      }),
    ];
  });
};
