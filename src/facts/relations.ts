import { z } from 'zod';
import { newYorkDay } from '../market/exchange-time.ts';
import { basisSchema, daySchema, type Fact, metricSchema, type Subject, subjectSchema } from './fact.ts';
import type { AsOf } from './known-from.ts';
import type { Ledger } from './ledger.ts';

const KINDS = ['buys_chips_from', 'cloud_of', 'guarantees', 'invests_in', 'supplies'] as const;

/** Relations that money can be put on: what a cloud's customer has committed, a guarantee's cap, a stake. */
const WITH_AMOUNT: ReadonlySet<string> = new Set<(typeof KINDS)[number]>(['cloud_of', 'guarantees', 'invests_in']);

/** The figure of the ledger that says how much; `of` is the relation's `from` if it is not written. */
const amountSchema = z.strictObject({
  of: subjectSchema.optional(),
  metric: metricSchema,
  basis: basisSchema.optional(),
});

/** A relation in the entry of a company, which is the end that is not written. */
export const relationSchema = z
  .strictObject({
    from: subjectSchema.optional(),
    kind: z.enum(KINDS, { error: `expected a kind of relation: ${KINDS.join(', ')}` }),
    to: subjectSchema.optional(),
    /** What is supplied. */
    what: z.enum(['chips', 'models'], { error: 'expected chips or models' }).optional(),
    since: daySchema.optional(),
    /** The day on which its end became public. */
    until: daySchema.optional(),
    amount: amountSchema.optional(),
  })
  .refine(({ from, to }) => (from === undefined) !== (to === undefined), {
    error: 'a relation has `from` or `to`; the company of the entry is the other end',
  })
  .refine(({ kind, what }) => (kind === 'supplies') === (what !== undefined), {
    error: 'supplies needs `what`, chips or models; other kinds have none',
  })
  .refine(({ since, until }) => since === undefined || until === undefined || since < until, {
    error: '`until` is not after `since`; correct one of the two',
  })
  .refine(({ kind, amount }) => amount === undefined || WITH_AMOUNT.has(kind), {
    error: `only these have an amount: ${[...WITH_AMOUNT].join(', ')}`,
  })
  .readonly();

export type WrittenRelation = z.infer<typeof relationSchema>;
export type RelationKind = WrittenRelation['kind'];

/** A business relation: "MSFT buys_chips_from NVDA", "OPENAI supplies AAPL with models". */
export interface Relation extends WrittenRelation {
  readonly from: Subject;
  readonly to: Subject;
}

/** The relation with its company as the end that is not written. */
export const relationOf = (company: Subject, written: WrittenRelation): Relation => ({
  ...written,
  from: written.from ?? company,
  to: written.to ?? company,
});

/** The relations public at an instant (epoch milliseconds): from 00:00 New York of their day to 00:00 of that of their end. */
export const relationsAt = (relations: readonly Relation[], instant: number): readonly Relation[] => {
  const today = newYorkDay(instant);
  return relations.filter(
    ({ since, until }) => (since === undefined || since <= today) && (until === undefined || until > today),
  );
};

/** How much a relation is about, as known by then; undefined if that is not documented. */
export const amountOf = (ledger: Ledger, { from, amount }: Relation, asOf: AsOf): Fact | undefined =>
  amount && ledger.latest(amount.of ?? from, amount.metric, asOf, amount.basis);

/** Subjects with a relation to `to`, such as the buyers of NVDA's chips; in the order of the file. */
export const relationSources = (relations: readonly Relation[], kind: RelationKind, to: Subject): readonly Subject[] =>
  relations.filter((it) => it.kind === kind && it.to === to).map(({ from }) => from);

/** Subjects that `from` has a relation to, such as the customers of MSFT's cloud; in the order of the file. */
export const relationTargets = (
  relations: readonly Relation[],
  kind: RelationKind,
  from: Subject,
): readonly Subject[] => relations.filter((it) => it.kind === kind && it.from === from).map(({ to }) => to);
