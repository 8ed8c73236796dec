import { z } from 'zod';
import { newYorkTime } from '../market/exchange-time.ts';
import { daySchema, type Subject, subjectSchema } from './fact.ts';

const KINDS = ['buys_chips_from', 'cloud_of', 'invests_in', 'supplies'] as const;

const relationSchema = z
  .strictObject({
    from: subjectSchema,
    kind: z.enum(KINDS, { error: `expected a kind of relation: ${KINDS.join(', ')}` }),
    to: subjectSchema,
    /** What is supplied. */
    what: z.enum(['chips', 'models'], { error: 'expected chips or models' }).optional(),
    since: daySchema.optional(),
  })
  .refine(({ kind, what }) => (kind === 'supplies') === (what !== undefined), {
    error: 'supplies needs `what`, chips or models; other kinds have none',
  })
  .readonly();

export const relationsSchema = z.strictObject({ relations: z.array(relationSchema) });

/** "MSFT buys_chips_from NVDA", "OPENAI supplies AAPL with models". */
export type Relation = z.infer<typeof relationSchema>;
export type RelationKind = Relation['kind'];

/** The relations that were public at an instant in epoch milliseconds: from the first minute of their day. */
export const relationsAt = (relations: readonly Relation[], instant: number): readonly Relation[] =>
  relations.filter(({ since }) => since === undefined || newYorkTime(since, '00:00') <= instant);

/** Who stands in a relation to `to`, in the order of the file: the buyers of NVDA's chips. */
export const whoTo = (relations: readonly Relation[], kind: RelationKind, to: Subject): readonly Subject[] =>
  relations.filter((it) => it.kind === kind && it.to === to).map(({ from }) => from);

/** Whom `from` stands in a relation to: whose cloud MSFT is. */
export const toWhom = (relations: readonly Relation[], kind: RelationKind, from: Subject): readonly Subject[] =>
  relations.filter((it) => it.kind === kind && it.from === from).map(({ to }) => to);
