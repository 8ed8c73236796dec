import type { CompiledQuery, Selectable } from 'kysely';
import type { FanoutPlan } from '../stories/fanout-plan.ts';
import type { DeliveryState, FanoutRow } from './schema.ts';
import type { Db } from './store.ts';

/** A plan on its way to the channels. */
export interface Fanout {
  readonly id: number;
  readonly plan: FanoutPlan;
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
  plan: JSON.parse(row.plan) as FanoutPlan,
  cursor: row.cursor,
  upto: row.upto,
  dueAt: row.due_at,
  createdAt: row.created_at,
  life: row.expires_at - row.created_at,
});

/** Writes a plan down for every channel there is now; in the transaction that saves what it tells of. */
export const writeFanout = async (
  db: Db,
  plan: FanoutPlan,
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
): Promise<{ readonly id: number; readonly platform: string; readonly settings: string | null }[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'platform', 'settings'])
    .where('id', '>', cursor)
    .where('id', '<=', upto)
    .where('retired', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();

/** One story as it is owed to one channel. */
export interface EnqueuedStory {
  readonly storyId: number;
  readonly channelId: number;
  readonly platform: string;
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

const rowOf = (owed: EnqueuedStory) => ({
  story_id: owed.storyId,
  channel_id: owed.channelId,
  platform: owed.platform,
  state: owed.state,
  attempts: 0,
  maybe_posted: 0,
  due_at: owed.dueAt,
  expires_at: owed.expiresAt,
  created_at: owed.createdAt,
  priority: owed.priority,
  held_until: owed.heldUntil ?? null,
  settled_at: owed.settledAt ?? null,
});

/** Rows of one statement. */
const ROWS_PER_INSERT = 50;
/** Statements by how many rows they have: to build one costs more than to run it. */
const statements = new Map<number, CompiledQuery>();

const statementFor = (db: Db, rows: readonly ReturnType<typeof rowOf>[]): CompiledQuery => {
  const known = statements.get(rows.length);
  if (known) return known;
  const made = db
    .insertInto('deliveries')
    .values([...rows])
    .onConflict((on) => on.columns(['story_id', 'channel_id']).doNothing())
    .compile();
  statements.set(rows.length, made);
  return made;
};

/** Owes stories to channels; one that has its story already keeps what it has. */
export const enqueueStories = async (db: Db, owed: readonly EnqueuedStory[]): Promise<void> => {
  for (let from = 0; from < owed.length; from += ROWS_PER_INSERT) {
    const rows = owed.slice(from, from + ROWS_PER_INSERT).map(rowOf);
    // All rows have their values in the order of the statement's columns.
    await db.executeQuery({ ...statementFor(db, rows), parameters: rows.flatMap((row) => Object.values(row)) });
  }
};
