import type { Selectable } from 'kysely';
import type { Plan } from '../channels/plan.ts';
import { listsOf } from './lists.ts';
import type { DeliveryState, FanoutRow } from './schema.ts';
import type { Db } from './store.ts';

/** A plan on its way to the channels. */
export interface Fanout {
  readonly id: number;
  readonly plan: Plan;
  /** The last channel that has been looked at. */
  readonly cursor: number;
  readonly upto: number;
  readonly dueAt: number;
  readonly createdAt: number;
  /** Milliseconds that its cards are worth posting. */
  readonly life: number;
}

const toFanout = (row: Selectable<FanoutRow>): Fanout => ({
  id: row.id,
  plan: JSON.parse(row.plan) as Plan,
  cursor: row.cursor,
  upto: row.upto,
  dueAt: row.due_at,
  createdAt: row.created_at,
  life: row.expires_at - row.created_at,
});

/** Writes a plan down for every channel there is now; in the transaction that saves what it tells of. */
export const writeFanout = async (
  db: Db,
  plan: Plan,
  { now, dueAt, life }: { readonly now: number; readonly dueAt: number; readonly life: number },
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
      expires_at: now + life,
      created_at: now,
      done_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toFanout(row);
};

/** Those that have not reached every channel, oldest first. */
export const openFanouts = async (db: Db): Promise<Fanout[]> => {
  const rows = await db.selectFrom('fanouts').selectAll().where('done_at', 'is', null).orderBy('id').execute();
  return rows.map(toFanout);
};

/** The fan-out as it stands; undefined where it has reached every channel. */
export const readOpenFanout = async (db: Db, id: number): Promise<Fanout | undefined> => {
  const row = await db
    .selectFrom('fanouts')
    .selectAll()
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row && toFanout(row);
};

/** Notes how far it has come; `doneAt` where that is the end. */
export const moveFanout = async (db: Db, id: number, cursor: number, doneAt: number | null): Promise<void> => {
  await db.updateTable('fanouts').set({ cursor, done_at: doneAt }).where('id', '=', id).execute();
};

/** The next channels in use, in the order they were made. */
export const channelsAfter = (
  db: Db,
  { cursor, upto }: Pick<Fanout, 'cursor' | 'upto'>,
  limit: number,
): Promise<{ readonly id: number; readonly settings: string | null }[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'settings'])
    .where('id', '>', cursor)
    .where('id', '<=', upto)
    .where('retired', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();

/** One story as it is owed to many channels alike. */
export interface OwedAlike {
  readonly storyId: number;
  readonly state: Extract<DeliveryState, 'pending' | 'quiet' | 'muted'>;
  readonly priority: number;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly createdAt: number;
  /** Of `quiet`. */
  readonly heldUntil?: number;
  /** Of `muted`. */
  readonly settledAt?: number;
}

/** Owes a story to channels; one that has it already keeps what it has. */
export const oweAlike = async (db: Db, channelIds: readonly number[], owed: OwedAlike): Promise<void> => {
  for (const ids of listsOf(channelIds))
    await db
      .insertInto('deliveries')
      .columns([
        'story_id',
        'channel_id',
        'platform',
        'state',
        'attempts',
        'maybe_posted',
        'due_at',
        'expires_at',
        'created_at',
        'priority',
        'held_until',
        'settled_at',
      ])
      .expression((from) =>
        from
          .selectFrom('channels')
          .select(({ ref, val }) => [
            val(owed.storyId).as('story_id'),
            ref('channels.id').as('channel_id'),
            ref('channels.platform').as('platform'),
            val(owed.state).as('state'),
            val(0).as('attempts'),
            val(0).as('maybe_posted'),
            val(owed.dueAt).as('due_at'),
            val(owed.expiresAt).as('expires_at'),
            val(owed.createdAt).as('created_at'),
            val(owed.priority).as('priority'),
            val(owed.heldUntil ?? null).as('held_until'),
            val(owed.settledAt ?? null).as('settled_at'),
          ])
          .where('channels.id', 'in', ids),
      )
      .onConflict((on) => on.columns(['story_id', 'channel_id']).doNothing())
      .execute();
};
