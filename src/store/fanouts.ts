import type { Selectable } from 'kysely';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import type { FanoutRow } from './schema.ts';
import type { Db } from './store.ts';

/** A plan that is turned into deliveries channel by channel. Times in epoch milliseconds. */
export interface Fanout {
  readonly id: number;
  readonly plan: FanoutPlan;
  /** Id of the last channel that is done. */
  readonly cursor: number;
  /** Id of the last channel that the plan is for. */
  readonly upto: number;
  readonly dueAt: number;
  readonly createdAt: number;
  /** Milliseconds for which its cards are worth posting. */
  readonly lifetimeMs: number;
}

const toFanout = (row: Selectable<FanoutRow>): Fanout => ({
  id: row.id,
  plan: JSON.parse(row.plan) as FanoutPlan,
  cursor: row.cursor,
  upto: row.upto,
  dueAt: row.due_at,
  createdAt: row.created_at,
  lifetimeMs: row.expires_at - row.created_at,
});

/** Writes a plan for every channel that exists now; call it in the transaction that saves what the plan is about. */
export const writeFanout = async (
  db: Db,
  plan: FanoutPlan,
  { now, dueAt, lifetimeMs }: { readonly now: number } & Pick<Fanout, 'dueAt' | 'lifetimeMs'>,
): Promise<Fanout> => {
  const { last } = await db
    .selectFrom('channels')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  const row = await db
    .insertInto('fanouts')
    .values({
      plan: JSON.stringify(plan),
      cursor: 0,
      upto: last ?? 0,
      due_at: dueAt,
      expires_at: now + lifetimeMs,
      created_at: now,
      done_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toFanout(row);
};

/** Fan-outs that have channels left, oldest first. */
export const openFanouts = async (db: Db): Promise<Fanout[]> => {
  const rows = await db.selectFrom('fanouts').selectAll().where('done_at', 'is', null).orderBy('id').execute();
  return rows.map(toFanout);
};

/** The current state of a fan-out; undefined if it is done. */
export const readOpenFanout = async (db: Db, id: number): Promise<Fanout | undefined> => {
  const row = await db
    .selectFrom('fanouts')
    .selectAll()
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row && toFanout(row);
};

/** Saves the cursor of a fan-out; `doneAt` is null while channels are left. */
export const advanceFanout = async (db: Db, id: number, cursor: number, doneAt: number | null): Promise<void> => {
  await db.updateTable('fanouts').set({ cursor, done_at: doneAt }).where('id', '=', id).execute();
};

/** The next channels in use, by id. */
export const channelsAfter = (
  db: Db,
  { cursor, upto }: Pick<Fanout, 'cursor' | 'upto'>,
  limit: number,
): Promise<{ readonly id: number; readonly platform: string; readonly settings: string | null }[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'platform', 'settings'])
    .where('id', '>', cursor)
    .where('id', '<=', upto)
    .where('status', '=', 'in-use')
    .orderBy('id')
    .limit(limit)
    .execute();
