import { LONGEST_GATHER_MS } from '../stories/slide-window.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { type PendingDelivery, readPending } from './deliveries.ts';
import { OPEN_STATES } from './delivery-transitions.ts';
import { nextPriority } from './looks.ts';
import { countPaused } from './pauses.ts';
import type { Db } from './store.ts';

/** A platform is behind schedule when its oldest alert has been due for this long. */
const BEHIND_MS = MINUTE_MS;
/** Due deliveries marked as ready by one peek. */
const READY_LIMIT = 250;
/** Deliveries read by one pass, and passes of one peek for each priority. */
const PEEK_ROWS = 40;
const MAX_PASSES = 3;
/** A peek ends after deferring this many channels, so that it never takes long. */
const MAX_DEFERRED = 16;
/** Delay before looking again whether a lease of another courier has ended. */
const LEASE_RECHECK_MS = 1_000;

export interface PeekOptions {
  readonly platform: string;
  readonly now: number;
  /** At most this many deliveries are returned. */
  readonly limit: number;
  /** Channels with a card in flight; they are left out. */
  readonly busy: readonly number[];
}

export interface QueuePeek {
  /** The first open delivery of each channel, if it is due: a channel's cards keep their order. */
  readonly heads: readonly PendingDelivery[];
  /** Whether more may be due than this peek has read. */
  readonly more: boolean;
}

/** Marks due deliveries as ready: from then on the queue's order counts, not their times. True if more may be due. */
const markReady = async (db: Db, { platform, now }: PeekOptions): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ is_ready: 1 })
    .where('id', 'in', (from) =>
      from
        .selectFrom('deliveries')
        .select('id')
        .where('platform', '=', platform)
        .where('state', '=', 'pending')
        .where('is_ready', '=', 0)
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(READY_LIMIT),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows) === READY_LIMIT;
};

const isBehindSchedule = async (db: Db, { platform, now }: PeekOptions): Promise<boolean> => {
  const oldest = await db
    .selectFrom('deliveries')
    .select(['due_at', 'created_at'])
    .where('platform', '=', platform)
    .where('state', '=', 'pending')
    .where('is_ready', '=', 1)
    .where('priority', '=', 0)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return oldest !== undefined && Math.min(oldest.due_at, oldest.created_at + LONGEST_GATHER_MS) < now - BEHIND_MS;
};

/** The first ready deliveries of a priority, each with the head of its channel's queue and a lease of its channel. */
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
        // A card that was tried may replace an earlier one of its symbol: it keeps that one's place in the order.
        .orderBy(({ case: when }) => when().when('e.batch', 'is', null).then(1).else(0).end())
        .orderBy('e.id')
        .limit(1)
        .as('head'),
      selectFrom('deliveries as l')
        .select('l.id')
        .whereRef('l.channel_id', '=', 'd.channel_id')
        .where('l.state', '=', 'leased')
        .limit(1)
        .as('leased'),
    ])
    .where('d.platform', '=', platform)
    .where('d.state', '=', 'pending')
    .where('d.is_ready', '=', 1)
    .where('d.priority', '=', priority)
    .$if(busy.length > 0, (rows) => rows.where('d.channel_id', 'not in', busy))
    .orderBy('d.id', newestFirst ? 'desc' : 'asc')
    .limit(PEEK_ROWS)
    .execute();

/** Defers the ready deliveries of a channel until its head may go out. */
const postponeChannel = async (db: Db, channelId: number, until: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ is_ready: 0, due_at: until })
    .where('channel_id', '=', channelId)
    .where('state', '=', 'pending')
    .where('is_ready', '=', 1)
    .execute();
};

/**
 * The deliveries that may go out now on a platform: alerts, then what follows them, then digests. Oldest first; if the
 * platform is behind schedule, the channels with the newest alerts first. Its cost does not grow with the queue.
 */
export const peekQueue = async (db: Db, options: PeekOptions): Promise<QueuePeek> => {
  const { now, limit } = options;
  let more = await markReady(db, options);
  const behind = await isBehindSchedule(db, options);
  const found = new Map<number, PendingDelivery>();
  const next = (least: number): Promise<number | undefined> => nextPriority(db, options.platform, least);
  for (let priority = await next(0); priority !== undefined; priority = await next(priority + 1))
    for (let pass = 0; found.size < limit; pass += 1) {
      if (pass === MAX_PASSES) return { heads: [...found.values()], more: true };
      const unseen = { ...options, busy: [...options.busy, ...found.keys()] };
      const rows = await candidates(db, unseen, priority, behind && priority === 0);
      if (rows.length === 0) break;
      const channels = new Map<number, (typeof rows)[number]>();
      for (const row of rows) channels.set(row.channelId, row);
      const heads = await readPending(
        db,
        [...channels.values()].flatMap(({ head }) => head ?? []),
      );
      let deferred = 0;
      const headOf = new Map(heads.map((head) => [head.channelId, head]));
      for (const { channelId, tryAt, leased } of channels.values()) {
        const head = headOf.get(channelId);
        // A lease of another courier may end any moment; an expired one blocks until it is reclaimed.
        const freeAt = leased === null ? 0 : now + LEASE_RECHECK_MS;
        const until = Math.max(tryAt ?? 0, freeAt, head?.dueAt ?? 0);
        if (until > now) {
          await postponeChannel(db, channelId, until);
          deferred += 1;
        } else if (head && found.size < limit) found.set(channelId, head);
        else more = true;
      }
      if (deferred >= MAX_DEFERRED) return { heads: [...found.values()], more: true };
      if (rows.length < PEEK_ROWS) break;
    }
  return { heads: [...found.values()], more };
};

/** Number of open deliveries by platform and state, and of paused channels by platform (`what` is `paused`). */
export const queueLength = async (
  db: Db,
): Promise<{ readonly platform: string; readonly what: string; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('deliveries')
    .select(({ fn }) => ['platform', 'state', fn.countAll<number>().as('count')])
    .where('state', 'in', OPEN_STATES)
    .groupBy(['platform', 'state'])
    .execute();
  const paused = Object.entries(await countPaused(db));
  return [
    ...rows.map(({ platform, state, count }) => ({ platform, what: state, count: Number(count) })),
    ...paused.map(([platform, count]) => ({ platform, what: 'paused', count })),
  ];
};

/** When the oldest card was enqueued that is due by `now`, or under way, in a channel that is not paused; undefined for none. */
export const oldestOwed = async (db: Db, now: number): Promise<number | undefined> => {
  const oldest = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select(({ fn }) => fn.min('d.created_at').as('at'))
    .where('d.state', 'in', ['pending', 'leased'])
    .where('d.due_at', '<=', now)
    .where('c.paused_at', 'is', null)
    .executeTakeFirst();
  return oldest?.at == null ? undefined : Number(oldest.at);
};
