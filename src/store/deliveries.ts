import type { Story } from '../stories/story.ts';
import { paddedIds } from './lists.ts';
import type { DeliveryState } from './schema.ts';
import type { Db } from './store.ts';

/** One delivery that may go out now, with where it goes. */
export interface PendingDelivery {
  readonly id: number;
  /** `unsure` where it is looked for once more. */
  readonly state: 'pending' | 'unsure';
  readonly storyId: number;
  readonly storyKind: string;
  readonly symbol: string;
  readonly channelId: number;
  readonly platform: string;
  readonly address: string;
  readonly language: string;
  /** A ChannelSettings as JSON. */
  readonly settings: string | null;
  /** Since when the channel is paused, epoch milliseconds. */
  readonly pausedAt: number | null;
  /** Whoever set the channel up, where that is known. */
  readonly person: string | null;
  /** True where somebody has been told of the pause. */
  readonly notifiedPerson: boolean;
  readonly batch: number | null;
  readonly priority: number;
  readonly attempts: number;
  readonly maybePosted: boolean;
  /** When the first try began that may have reached the channel, epoch milliseconds. */
  readonly doubtSince: number | null;
  /** When the configured choice decides, where the state is `unsure`. */
  readonly heldUntil: number | null;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly expiresAt: number;
}

const owed = (db: Db) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select([
      'd.id',
      'd.state',
      'd.story_id as storyId',
      's.kind as storyKind',
      's.symbol',
      'd.channel_id as channelId',
      'd.platform',
      'c.address',
      'c.language',
      'c.settings',
      'c.paused_at as pausedAt',
      'c.made_by',
      'c.person_told',
      'd.batch',
      'd.priority',
      'd.attempts',
      'd.maybe_posted',
      'd.doubt_since as doubtSince',
      'd.held_until as heldUntil',
      'd.created_at as createdAt',
      'd.due_at as dueAt',
      'd.expires_at as expiresAt',
    ]);

type OwedRow = Awaited<ReturnType<ReturnType<typeof owed>['execute']>>[number];

const toOwed = ({ maybe_posted, made_by, person_told, state, ...row }: OwedRow): PendingDelivery => ({
  ...row,
  state: state === 'unsure' ? state : 'pending',
  person: made_by,
  notifiedPerson: person_told === 1,
  maybePosted: maybe_posted === 1,
});

/** Deliveries by id, in no order. */
export const readPending = async (db: Db, ids: readonly number[]): Promise<PendingDelivery[]> =>
  ids.length === 0 ? [] : (await owed(db).where('d.id', 'in', ids).execute()).map(toOwed);

/**
 * What may be one card with each of `heads`, by its id and head first: the deliveries of its batch, or those of its
 * channel that have none, come after it and were made no later than `withinMs` after it. Of a head that is owed no more,
 * without it.
 */
export const readGroupCandidates = async (
  db: Db,
  heads: readonly PendingDelivery[],
  withinMs: number,
): Promise<ReadonlyMap<number, readonly PendingDelivery[]>> => {
  if (heads.length === 0) return new Map();
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'channel_id', 'state', 'priority', 'batch', 'created_at'])
    .where('channel_id', 'in', paddedIds(heads.map(({ channelId }) => channelId)))
    .where('state', 'in', ['pending', 'unsure'])
    .where('created_at', '<=', Math.max(...heads.map(({ createdAt }) => createdAt)) + withinMs)
    .orderBy('id')
    .execute();
  const byChannel = Map.groupBy(rows, (row) => row.channel_id);
  const found = heads.map((head) => {
    const own = (byChannel.get(head.channelId) ?? []).filter(
      ({ id, state, priority, batch, created_at }) =>
        id >= head.id &&
        state === head.state &&
        priority === head.priority &&
        batch === head.batch &&
        created_at <= head.createdAt + withinMs,
    );
    return [head, own.map(({ id }) => id)] as const;
  });
  const known = new Map(heads.map((head) => [head.id, head]));
  const others = found.flatMap(([, ids]) => ids.filter((id) => !known.has(id)));
  for (const other of await readPending(db, others)) known.set(other.id, other);
  return new Map(found.map(([head, ids]) => [head.id, ids.flatMap((id) => known.get(id) ?? [])]));
};

/** Hands deliveries to a courier: they are one card from now on, whoever tries it, and expire together. */
export const lease = async (db: Db, ids: readonly number[], batch: number, until: number): Promise<void> => {
  const latest =
    ids.length > 1
      ? await db
          .selectFrom('deliveries')
          .select(({ fn }) => fn.max('expires_at').as('expires_at'))
          .where('id', 'in', ids)
          .executeTakeFirstOrThrow()
      : {};
  await db
    .updateTable('deliveries')
    .set((row) => ({
      state: 'leased' as const,
      ripe: 0,
      batch,
      leased_until: until,
      attempts: row('attempts', '+', 1),
      ...latest,
    }))
    .where('id', 'in', ids)
    .execute();
};

/** Hands deliveries to a courier of which each is a card of its own. */
export const leaseEach = async (db: Db, ids: readonly number[], until: number): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .updateTable('deliveries')
    .set((row) => ({
      state: 'leased' as const,
      ripe: 0,
      batch: row.fn.coalesce('batch', 'id'),
      leased_until: until,
      attempts: row('attempts', '+', 1),
    }))
    .where('id', 'in', paddedIds(ids))
    .execute();
};

/** Ends deliveries for good. */
export const finish = async (
  db: Db,
  ids: readonly number[],
  end: {
    state: Exclude<DeliveryState, 'pending' | 'leased' | 'quiet' | 'unsure'>;
    reason?: string;
    messageId?: string;
    now: number;
  },
): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .updateTable('deliveries')
    .set({
      state: end.state,
      leased_until: null,
      held_until: null,
      message_id: end.messageId ?? null,
      reason: end.reason ?? null,
      settled_at: end.now,
    })
    .where('id', 'in', ids)
    .execute();
};

/** Puts leased deliveries back, to be tried again at `dueAt`. Those that have ended in the meantime stay as they are. */
export const postpone = async (
  db: Db,
  ids: readonly number[],
  again: {
    dueAt: number;
    reason: string;
    /** When the try began that may have reached the channel, where it is one. */
    doubtSince?: number;
  },
): Promise<void> => {
  const { doubtSince } = again;
  await db
    .updateTable('deliveries')
    .set(({ fn, val, ref }) => ({
      state: 'pending' as const,
      leased_until: null,
      due_at: again.dueAt,
      reason: again.reason,
      ...(doubtSince !== undefined && {
        maybe_posted: 1,
        doubt_since: fn.coalesce(ref('doubt_since'), val(doubtSince)),
      }),
    }))
    .where('id', 'in', ids)
    .where('state', '=', 'leased')
    .execute();
};

/** Behind all that has an order of its own. */
export const LAST_PRIORITY = 3;

/** Lets deliveries stand behind everything that is and will be owed to their channel, until they have gone out. */
export const requeue = async (db: Db, ids: readonly number[]): Promise<void> => {
  await db.updateTable('deliveries').set({ priority: LAST_PRIORITY }).where('id', 'in', ids).execute();
};

/** A platform's leases that ran out: their courier died, perhaps after posting. They are owed again, with that doubt. */
export const reclaim = async (db: Db, platform: string, now: number, leaseMs: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set(({ fn, eb, ref }) => ({
      state: 'pending' as const,
      leased_until: null,
      maybe_posted: 1,
      doubt_since: fn.coalesce(ref('doubt_since'), eb('leased_until', '-', leaseMs)),
    }))
    .where('platform', '=', platform)
    .where('state', '=', 'leased')
    .where('leased_until', '<=', now)
    .execute();
};

/** So many at most are ended in one go, so that nobody waits for it long. */
const ROWS_PER_UPDATE = 400;

/** Marks what has outlived its use; returns how many, 400 at most. */
export const expire = async (db: Db, now: number): Promise<number> => {
  let ended = 0;
  for (const state of ['pending', 'unsure'] as const) {
    const { numUpdatedRows } = await db
      .updateTable('deliveries')
      .set({ state: 'expired', held_until: null, settled_at: now })
      .where('id', 'in', (from) =>
        from
          .selectFrom('deliveries')
          .select('id')
          .where('state', '=', state)
          .where('expires_at', '<=', now)
          .orderBy('expires_at')
          .limit(ROWS_PER_UPDATE),
      )
      .executeTakeFirst();
    ended += Number(numUpdatedRows);
  }
  return ended;
};

/** Ends everything that is still owed to a channel. */
export const abandon = async (db: Db, channelId: number, reason: string, now: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ state: 'gone', leased_until: null, held_until: null, reason, settled_at: now })
    .where('channel_id', '=', channelId)
    .where('state', 'in', ['pending', 'leased', 'quiet', 'unsure'])
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

/** Whether a story of this kind was owed to the channel after `since`, epoch milliseconds. */
export const wasEnqueued = async (db: Db, channelId: number, kind: Story['kind'], since: number): Promise<boolean> =>
  (await db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select('d.id')
    .where('d.channel_id', '=', channelId)
    .where('s.kind', '=', kind)
    .where('d.created_at', '>', since)
    .limit(1)
    .executeTakeFirst()) !== undefined;
