import type { Story } from '../stories/story.ts';
import {
  type Attempted,
  type FinalTransition,
  idsByAttempts,
  moveAll,
  moveAttempted,
  moveThese,
  TRANSITIONS,
} from './delivery-transitions.ts';
import { paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

/** An open delivery that is not leased, with its channel. Times in epoch milliseconds. */
export interface PendingDelivery {
  readonly id: number;
  /** `unsure`: only to be checked, see unconfirmed.ts. */
  readonly state: 'pending' | 'unsure';
  readonly storyId: number;
  readonly storyKind: string;
  readonly symbol: string;
  readonly channelId: number;
  readonly platform: string;
  readonly address: string;
  /** The channel's server or workspace, if it is known. */
  readonly workspace: string | null;
  readonly language: string;
  /** A ChannelSettings as JSON. */
  readonly settings: string | null;
  /** Start of the channel's pause. */
  readonly pausedAt: number | null;
  /** The platform's id of the person who set up the channel, if known. */
  readonly person: string | null;
  /** Whether the pause was announced to somebody. */
  readonly notifiedPerson: boolean;
  /** The channel's Lacks as stored. */
  readonly lacks: string | null;
  /** Until when the channel's slides are gathered, and its SlideWindow as JSON. */
  readonly shutUntil: number;
  readonly slideWindow: string | null;
  readonly batch: number | null;
  readonly priority: number;
  /** Attempts begun. A claim counts its own. */
  readonly attempts: number;
  readonly maybePosted: boolean;
  /** Start of the first attempt that may have reached the channel. */
  readonly unconfirmedSince: number | null;
  /** With `unsure`: when WHEN_UNSURE applies. */
  readonly heldUntil: number | null;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly expiresAt: number;
}

const pendingRows = (db: Db) =>
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
      'c.workspace',
      'c.language',
      'c.settings',
      'c.paused_at as pausedAt',
      'c.made_by',
      'c.person_told',
      'c.lacks',
      'c.shut_until as shutUntil',
      'c.slide_window as slideWindow',
      'd.batch',
      'd.priority',
      'd.attempts',
      'd.maybe_posted',
      'd.doubt_since as unconfirmedSince',
      'd.held_until as heldUntil',
      'd.created_at as createdAt',
      'd.due_at as dueAt',
      'd.expires_at as expiresAt',
    ]);

type PendingRow = Awaited<ReturnType<ReturnType<typeof pendingRows>['execute']>>[number];

const toPending = ({ maybe_posted, made_by, person_told, state, ...row }: PendingRow): PendingDelivery => ({
  ...row,
  state: state === 'unsure' ? state : 'pending',
  person: made_by,
  notifiedPerson: person_told === 1,
  maybePosted: maybe_posted === 1,
});

/** Deliveries by id, in no particular order. */
export const readPending = async (db: Db, ids: readonly number[]): Promise<PendingDelivery[]> =>
  ids.length === 0 ? [] : (await pendingRows(db).where('d.id', 'in', ids).orderBy('d.id').execute()).map(toPending);

/**
 * The deliveries that may share a card with each of `heads`, by the head's id, the head first: those of its batch, or,
 * if it has none, those of its channel without a batch that follow it and were created within `withinMs` after it. A head
 * that is no longer open is missing from its own list.
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
    .where('state', 'in', TRANSITIONS.claim.from)
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
  const byId = new Map(heads.map((head) => [head.id, head]));
  const others = found.flatMap(([, ids]) => ids.filter((id) => !byId.has(id)));
  for (const other of await readPending(db, others)) byId.set(other.id, other);
  return new Map(found.map(([head, ids]) => [head.id, ids.flatMap((id) => byId.get(id) ?? [])]));
};

/**
 * Leases open deliveries, each for one attempt more than it was read with; those that somebody else has leased or
 * settled since are left out. With `batch` they join that card, else each is the first of its own. Returns the ids.
 */
export const lease = async (
  db: Db,
  deliveries: readonly Attempted[],
  { until, batch }: { readonly until: number; readonly batch?: number },
): Promise<ReadonlySet<number>> => {
  const leased = new Set<number>();
  for (const [attempts, ids] of idsByAttempts(deliveries)) {
    const rows = await moveThese(db, 'claim', ids)
      .set(({ fn }) => ({
        is_ready: 0,
        batch: batch ?? fn.coalesce('batch', 'id'),
        leased_until: until,
        attempts: attempts + 1,
      }))
      .where('attempts', '=', attempts)
      .returning('id')
      .execute();
    for (const { id } of rows) leased.add(id);
  }
  return leased;
};

/** Lets deliveries that are one card expire together, with the last of them. */
export const expireTogether = async (
  db: Db,
  deliveries: readonly Pick<PendingDelivery, 'id' | 'expiresAt'>[],
): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ expires_at: Math.max(...deliveries.map(({ expiresAt }) => expiresAt)) })
    .where('id', 'in', paddedIds(deliveries.map(({ id }) => id)))
    .execute();
};

/**
 * Ends deliveries, unless another attempt has leased them since or they have ended already. Returns how many were ended.
 */
export const finish = (
  db: Db,
  deliveries: readonly Attempted[],
  transition: Extract<FinalTransition, 'sent' | 'failed' | 'gone' | 'merge' | 'expire'>,
  {
    now,
    reason,
    messageId,
    fileId,
  }: { readonly now: number; readonly reason?: string; readonly messageId?: string; readonly fileId?: string },
): Promise<number> =>
  moveAttempted(db, transition, deliveries, (update) =>
    update.set({
      message_id: messageId ?? null,
      reason: reason ?? null,
      settled_at: now,
      ...(fileId !== undefined && { file_id: fileId }),
    }),
  );

/** Returns the deliveries that an attempt still leases to the queue, due at `dueAt`. Returns how many. */
export const postpone = (
  db: Db,
  deliveries: readonly Attempted[],
  transition: 'postpone' | 'pause',
  {
    dueAt,
    reason,
    unconfirmedSince,
  }: {
    readonly dueAt: number;
    readonly reason: string;
    /** Start of the attempt, if it may have reached the channel. */
    readonly unconfirmedSince?: number;
  },
): Promise<number> =>
  moveAttempted(db, transition, deliveries, (update) =>
    update.set(({ fn, val, ref }) => ({
      due_at: dueAt,
      reason,
      ...(unconfirmedSince !== undefined && {
        maybe_posted: 1,
        doubt_since: fn.coalesce(ref('doubt_since'), val(unconfirmedSince)),
      }),
    })),
  );

/** The priority after those of all story kinds. */
export const LAST_PRIORITY = 3;

/** Puts deliveries behind all others of their channel, including later ones, unless another attempt has leased them. */
export const requeue = async (db: Db, deliveries: readonly Attempted[]): Promise<void> => {
  for (const [attempts, ids] of idsByAttempts(deliveries))
    await db
      .updateTable('deliveries')
      .set({ priority: LAST_PRIORITY })
      .where('id', 'in', paddedIds(ids))
      .where('attempts', '=', attempts)
      .execute();
};

/** Returns deliveries with expired leases to the queue as possibly posted: their courier died, maybe after posting. */
export const reclaim = async (db: Db, platform: string, now: number, leaseMs: number): Promise<void> => {
  await moveAll(db, 'reclaim')
    .set(({ fn, eb, ref }) => ({
      maybe_posted: 1,
      doubt_since: fn.coalesce(ref('doubt_since'), eb('leased_until', '-', leaseMs)),
    }))
    .where('platform', '=', platform)
    .where('leased_until', '<=', now)
    .execute();
};

/** Bounds how long one update blocks the database. */
const EXPIRE_ROWS_PER_UPDATE = 400;

/** Expires deliveries whose time is over, at most 400 of each state; returns how many. */
export const expire = async (db: Db, now: number): Promise<number> => {
  let expired = 0;
  for (const state of TRANSITIONS.expire.from) {
    const old = db
      .selectFrom('deliveries')
      .select('id')
      .where('state', '=', state)
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(EXPIRE_ROWS_PER_UPDATE);
    const { numUpdatedRows } = await moveThese(db, 'expire', old).set({ settled_at: now }).executeTakeFirst();
    expired += Number(numUpdatedRows);
  }
  return expired;
};

/** Drops all open deliveries of a channel. */
export const abandon = async (db: Db, channelId: number, reason: string, now: number): Promise<void> => {
  await moveAll(db, 'close').set({ reason, settled_at: now }).where('channel_id', '=', channelId).execute();
};

export const countByState = async (db: Db): Promise<Record<string, number>> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
};

/** Whether a story of this kind was enqueued for the channel after `since`, epoch milliseconds. */
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

/** The story of this kind that is on its way to the channel; undefined if none is. */
export const storyUnderWay = async (db: Db, channelId: number, kind: Story['kind']): Promise<number | undefined> => {
  const row = await db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select('s.id')
    .where('d.channel_id', '=', channelId)
    .where('s.kind', '=', kind)
    .where('d.state', 'in', TRANSITIONS.close.from)
    .limit(1)
    .executeTakeFirst();
  return row?.id;
};
