import { z } from 'zod';
import { newYorkTime } from '../market/exchange-time.ts';
import { daySchema, type Subject, subjectSchema } from './fact.ts';

const KINDS = ['buys_chips_from', 'cloud_of', 'invests_in', 'supplies'] as const;

/** A relation in the entry of a company, which is the end that is not written. */
export const relationSchema = z
  .strictObject({
    from: subjectSchema.optional(),
    kind: z.enum(KINDS, { error: `expected a kind of relation: ${KINDS.join(', ')}` }),
    to: subjectSchema.optional(),
    /** What is supplied. */
    what: z.enum(['chips', 'models'], { error: 'expected chips or models' }).optional(),
    since: daySchema.optional(),
  })
  .refine(({ from, to }) => (from === undefined) !== (to === undefined), {
    error: 'a relation has `from` or `to`; the company of the entry is the other end',
  })
  .refine(({ kind, what }) => (kind === 'supplies') === (what !== undefined), {
    error: 'supplies needs `what`, chips or models; other kinds have none',
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

/** The relations public at an instant (epoch milliseconds): from 00:00 New York of their day. */
export const relationsAt = (relations: readonly Relation[], instant: number): readonly Relation[] =>
  relations.filter(({ since }) => since === undefined || newYorkTime(since, '00:00') <= instant);

/** Subjects with a relation to `to`, such as the buyers of NVDA's chips; in the order of the file. */
export const relationSources = (relations: readonly Relation[], kind: RelationKind, to: Subject): readonly Subject[] =>
  relations.filter((it) => it.kind === kind && it.to === to).map(({ from }) => from);

/** Subjects that `from` has a relation to, such as the customers of MSFT's cloud; in the order of the file. */
export const relationTargets = (
  relations: readonly Relation[],
  kind: RelationKind,
  from: Subject,
): readonly Subject[] => relations.filter((it) => it.kind === kind && it.from === from).map(({ to }) => to);
