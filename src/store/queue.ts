import { LAST_PRIORITY, type PendingDelivery, readPending } from './deliveries.ts';
import type { Db } from './store.ts';

/** A platform is behind when an alert has been due for so many milliseconds. */
const BEHIND_MS = 60_000;
/** A slide is not due before it is so old; what was put off counts from then. */
const ROLLUP_WINDOW_MS = 2 * 60_000;
/** Deliveries whose time has come, noted in one look. */
const READY_LIMIT = 250;
/** Deliveries looked at in one go, and goes of one look. */
const PEEK_ROWS = 40;
const MAX_PASSES = 3;
/** After so many that were put behind another a look ends, so that it never takes long. */
const MAX_DEFERRED = 16;
const PRIORITIES = [0, 1, 2, LAST_PRIORITY] as const;

export interface PeekOptions {
  readonly platform: string;
  readonly now: number;
  /** So many at most are wanted. */
  readonly limit: number;
  /** Channels that have a card in flight. */
  readonly busy: readonly number[];
}

export interface QueuePeek {
  /** Of each channel the first that is owed, where it is due: a channel's cards keep their order. */
  readonly heads: readonly PendingDelivery[];
  /** True where more may be due than this look has seen. */
  readonly more: boolean;
}

/** Whether a look would find anything: a platform on which nothing is due costs one small question. */
export const anythingDue = async (db: Db, platform: string, now: number): Promise<boolean> => {
  const due = (state: 'pending' | 'unsure', ripe: number) =>
    db
      .selectFrom('deliveries')
      .select('due_at')
      .where('platform', '=', platform)
      .where('state', '=', state)
      .where('ripe', '=', ripe)
      .$if(ripe === 0, (rows) => rows.where('due_at', '<=', now))
      .limit(1)
      .executeTakeFirst();
  return Boolean((await due('pending', 0)) ?? (await due('pending', 1)) ?? (await due('unsure', 0)));
};

/** Notes whose time has come; from then on they are taken in the order of the queue, not of their times. */
const markReady = async (db: Db, { platform, now }: PeekOptions): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ ripe: 1 })
    .where('id', 'in', (from) =>
      from
        .selectFrom('deliveries')
        .select('id')
        .where('platform', '=', platform)
        .where('state', '=', 'pending')
        .where('ripe', '=', 0)
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(READY_LIMIT),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows) === READY_LIMIT;
};

const isBehind = async (db: Db, { platform, now }: PeekOptions): Promise<boolean> => {
  const oldest = await db
    .selectFrom('deliveries')
    .select(['due_at', 'created_at'])
    .where('platform', '=', platform)
    .where('state', '=', 'pending')
    .where('ripe', '=', 1)
    .where('priority', '=', 0)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return oldest !== undefined && Math.min(oldest.due_at, oldest.created_at + ROLLUP_WINDOW_MS) < now - BEHIND_MS;
};

/** The first of the queue, with what stands before each in its own channel. */
const candidates = (db: Db, { platform, busy }: PeekOptions, priority: number, newestFirst: boolean) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select(({ selectFrom }) => [
      'd.id',
      'd.channel_id as channelId',
      'c.try_at as tryAt',
      selectFrom('deliveries as e')
        .select('e.id')
        .whereRef('e.channel_id', '=', 'd.channel_id')
        .where('e.state', '=', 'pending')
        .orderBy('e.priority')
        // A card that was tried may stand for an earlier one of its symbol: it keeps that place.
        .orderBy(({ case: when }) => when().when('e.batch', 'is', null).then(1).else(0).end())
        .orderBy('e.id')
        .limit(1)
        .as('head'),
      selectFrom('deliveries as l')
        .select(({ fn }) => fn.max('l.leased_until').as('until'))
        .whereRef('l.channel_id', '=', 'd.channel_id')
        .where('l.state', '=', 'leased')
        .as('leasedUntil'),
    ])
    .where('d.platform', '=', platform)
    .where('d.state', '=', 'pending')
    .where('d.ripe', '=', 1)
    .where('d.priority', '=', priority)
    .$if(busy.length > 0, (rows) => rows.where('d.channel_id', 'not in', busy))
    .orderBy('d.id', newestFirst ? 'desc' : 'asc')
    .limit(PEEK_ROWS)
    .execute();

/** Milliseconds until one looks again whether a lease that ran out has been taken back. */
const RECLAIM_WAIT_MS = 1_000;

/** A lease that has run out and was not taken back yet still stands before what comes after it. */
const freeAt = (leasedUntil: number | null, now: number): number =>
  leasedUntil === null ? 0 : Math.max(leasedUntil, now + RECLAIM_WAIT_MS);

/** Lets what is due in a channel wait for what stands before it: it is looked at again when that has its turn. */
const postponeChannel = async (db: Db, channelId: number, until: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ ripe: 0, due_at: until })
    .where('channel_id', '=', channelId)
    .where('state', '=', 'pending')
    .where('ripe', '=', 1)
    .execute();
};

/**
 * What may go out now on a platform, alerts first, then what follows them, then digests: the oldest first, and where
 * the platform is behind, the channels with the newest alerts. Costs the same however much is owed.
 */
export const peekQueue = async (db: Db, look: PeekOptions): Promise<QueuePeek> => {
  const { now, limit } = look;
  let more = await markReady(db, look);
  const behind = await isBehind(db, look);
  const found = new Map<number, PendingDelivery>();
  for (const priority of PRIORITIES)
    for (let go = 0; found.size < limit; go += 1) {
      if (go === MAX_PASSES) return { heads: [...found.values()], more: true };
      const seen = { ...look, busy: [...look.busy, ...found.keys()] };
      const rows = await candidates(db, seen, priority, behind && priority === 0);
      if (rows.length === 0) break;
      const channels = new Map<number, (typeof rows)[number]>();
      for (const row of rows) channels.set(row.channelId, row);
      const heads = await readPending(
        db,
        [...channels.values()].flatMap(({ head }) => head ?? []),
      );
      let putOff = 0;
      const first = new Map(heads.map((head) => [head.channelId, head]));
      for (const { channelId, tryAt, leasedUntil } of channels.values()) {
        const head = first.get(channelId);
        const until = Math.max(tryAt ?? 0, freeAt(leasedUntil, now), head?.dueAt ?? 0);
        if (until > now) {
          await postponeChannel(db, channelId, until);
          putOff += 1;
        } else if (head && found.size < limit) found.set(channelId, head);
        else more = true;
      }
      if (putOff >= MAX_DEFERRED) return { heads: [...found.values()], more: true };
      if (rows.length < PEEK_ROWS) break;
    }
  return { heads: [...found.values()], more };
};
