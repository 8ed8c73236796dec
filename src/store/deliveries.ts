import type { DeliveryState } from './schema.ts';
import type { Db } from './store.ts';

/** One delivery that may go out now, with where it goes. */
export interface Owed {
  readonly id: number;
  readonly storyId: number;
  readonly storyKind: string;
  readonly symbol: string;
  readonly channelId: number;
  readonly platform: string;
  readonly address: string;
  readonly language: string;
  readonly batch: number | null;
  readonly attempts: number;
  readonly maybePosted: boolean;
  readonly createdAt: number;
}

const owed = (db: Db) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select([
      'd.id',
      'd.story_id as storyId',
      's.kind as storyKind',
      's.symbol',
      'd.channel_id as channelId',
      'c.platform',
      'c.address',
      'c.language',
      'd.batch',
      'd.attempts',
      'd.maybe_posted',
      'd.created_at as createdAt',
    ]);

type OwedRow = Awaited<ReturnType<ReturnType<typeof owed>['execute']>>[number];

const toOwed = ({ maybe_posted, ...row }: OwedRow): Owed => ({ ...row, maybePosted: maybe_posted === 1 });

/**
 * The first delivery of each channel that is still owed, where it is due: a channel's cards keep their order. Those in
 * `passed` hold up nobody behind them.
 */
export const dueHeads = async (
  db: Db,
  asked: { platform: string; now: number; limit: number; passed: readonly number[] },
): Promise<Owed[]> => {
  const rows = await owed(db)
    .where('d.state', '=', 'pending')
    .where('d.due_at', '<=', asked.now)
    .where('c.platform', '=', asked.platform)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as e')
            .select('e.id')
            .whereRef('e.channel_id', '=', 'd.channel_id')
            .whereRef('e.id', '<', 'd.id')
            .where('e.state', 'in', ['pending', 'leased'])
            .$if(asked.passed.length > 0, (rows) => rows.where('e.id', 'not in', asked.passed)),
        ),
      ),
    )
    .orderBy('d.id')
    .limit(asked.limit)
    .execute();
  return rows.map(toOwed);
};

/** The pending deliveries of a channel's batch, or those without one that were made before `until`. Oldest first. */
export const together = async (db: Db, head: Owed, until: number): Promise<Owed[]> => {
  const rows = await owed(db)
    .where('d.channel_id', '=', head.channelId)
    .where('d.state', '=', 'pending')
    .where('d.batch', head.batch === null ? 'is' : '=', head.batch)
    .where('d.created_at', '<=', until)
    .orderBy('d.id')
    .execute();
  return rows.map(toOwed);
};

/** Hands deliveries to a courier: they are one card from now on, whoever tries it, and expire together. */
export const lease = async (db: Db, ids: readonly number[], batch: number, until: number): Promise<void> => {
  const { last } = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.max('expires_at').as('last'))
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow();
  await db
    .updateTable('deliveries')
    .set((row) => ({
      state: 'leased' as const,
      batch,
      leased_until: until,
      attempts: row('attempts', '+', 1),
      expires_at: last,
    }))
    .where('id', 'in', ids)
    .execute();
};

/** Ends deliveries for good. */
export const settle = async (
  db: Db,
  ids: readonly number[],
  end: { state: Exclude<DeliveryState, 'pending' | 'leased'>; reason?: string; messageId?: string; now: number },
): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .updateTable('deliveries')
    .set({
      state: end.state,
      leased_until: null,
      message_id: end.messageId ?? null,
      reason: end.reason ?? null,
      settled_at: end.now,
    })
    .where('id', 'in', ids)
    .execute();
};

/** Puts leased deliveries back, to be tried again at `dueAt`. */
export const postpone = async (
  db: Db,
  ids: readonly number[],
  again: { dueAt: number; reason: string; maybePosted: boolean },
): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({
      state: 'pending',
      leased_until: null,
      due_at: again.dueAt,
      reason: again.reason,
      ...(again.maybePosted && { maybe_posted: 1 }),
    })
    .where('id', 'in', ids)
    .execute();
};

/** A platform's leases that ran out: their courier died, perhaps after posting. They are owed again, with that doubt. */
export const reclaim = async (db: Db, platform: string, now: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ state: 'pending', leased_until: null, maybe_posted: 1 })
    .where('state', '=', 'leased')
    .where('leased_until', '<=', now)
    .where('channel_id', 'in', (from) =>
      from.selectFrom('channels').select('id').where('channels.platform', '=', platform),
    )
    .execute();
};

/** Marks what has outlived its use; returns how many. */
export const expire = async (db: Db, now: number): Promise<number> => {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ state: 'expired', settled_at: now })
    .where('state', '=', 'pending')
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return Number(numUpdatedRows);
};

/** Ends everything that is still owed to a channel. */
export const abandon = async (db: Db, channelId: number, reason: string, now: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ state: 'gone', leased_until: null, reason, settled_at: now })
    .where('channel_id', '=', channelId)
    .where('state', 'in', ['pending', 'leased'])
    .execute();
};

export const countByState = async (db: Db): Promise<Record<string, number>> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
};
