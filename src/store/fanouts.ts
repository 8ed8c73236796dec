import type { Selectable } from 'kysely';
import { type FanoutPlan, symbolOf } from '../stories/fanout-plan.ts';
import type { DecidedCounts } from '../stories/untold.ts';
import { createLru } from '../util/lru.ts';
import type { StoredChannel } from './channels.ts';
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
  /** Channels that are done, by what was decided for them. */
  readonly counts: DecidedCounts;
  /** Milliseconds for which its cards are worth posting. */
  readonly lifetimeMs: number;
}

/** Plans by their text, as they are read again for every piece: one that has not changed stays the same object. */
const plans = createLru<string, FanoutPlan>(16);

const planOf = (text: string): FanoutPlan => {
  const known = plans.get(text);
  if (known) return known;
  const plan = JSON.parse(text) as FanoutPlan;
  plans.set(text, plan);
  return plan;
};

const toFanout = (row: Selectable<FanoutRow>): Fanout => ({
  id: row.id,
  plan: planOf(row.plan),
  counts: JSON.parse(row.counts) as DecidedCounts,
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
      symbol: symbolOf(plan),
      counts: '{}',
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

/** Saves how far a fan-out is, and its plan if that has changed since `before`. */
export const advanceFanout = async (
  db: Db,
  { id, cursor, counts, plan }: Fanout,
  before: Pick<Fanout, 'plan'>,
): Promise<void> => {
  await db
    .updateTable('fanouts')
    .set({ cursor, counts: JSON.stringify(counts), ...(plan !== before.plan && { plan: JSON.stringify(plan) }) })
    .where('id', '=', id)
    .execute();
};

/** Marks a fan-out without channels left as done. */
export const finishFanout = async (db: Db, id: number, now: number): Promise<void> => {
  await db.updateTable('fanouts').set({ done_at: now }).where('id', '=', id).execute();
};

/** The next channels, by id, in use or not. */
export const channelsAfter = (
  db: Db,
  { cursor, upto }: Pick<Fanout, 'cursor' | 'upto'>,
  limit: number,
): Promise<(Pick<StoredChannel, 'id' | 'platform' | 'status' | 'settings'> & { readonly shutUntil: number })[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'platform', 'status', 'settings', 'shut_until as shutUntil'])
    .where('id', '>', cursor)
    .where('id', '<=', upto)
    .orderBy('id')
    .limit(limit)
    .execute();

/** The newest fan-outs about a symbol that were decided for a channel, newest first, with the stories that it got since the oldest. */
export const decidedFor = async (
  db: Db,
  channelId: number,
  limit: number,
): Promise<{ readonly fanouts: readonly Fanout[]; readonly storyIds: ReadonlySet<number> }> => {
  const rows = await db
    .selectFrom('fanouts')
    .selectAll()
    .where('symbol', '!=', '*')
    .where('cursor', '>=', channelId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const since = Math.min(...rows.map(({ created_at }) => created_at));
  const got =
    rows.length === 0
      ? []
      : await db
          .selectFrom('deliveries')
          .select('story_id')
          .where('channel_id', '=', channelId)
          .where('created_at', '>=', since)
          .execute();
  return { fanouts: rows.map(toFanout), storyIds: new Set(got.map(({ story_id }) => story_id)) };
};
