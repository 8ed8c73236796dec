import { join } from 'node:path';
import { z } from 'zod';
import { newYorkTime } from '../market/exchange-time.ts';
import { readConfig, root } from '../util/read-config.ts';
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

const relationsSchema = z.strictObject({ relations: z.array(relationSchema) });

/** A business relation: "MSFT buys_chips_from NVDA", "OPENAI supplies AAPL with models". */
export type Relation = z.infer<typeof relationSchema>;
export type RelationKind = Relation['kind'];

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

/** Reads config/relations.yaml. @throws ConfigError naming file and line. */
export const loadRelations = (path = join(root, 'config/relations.yaml')): readonly Relation[] =>
  readConfig(path, relationsSchema).relations;
