import { DAY_MS } from '../util/durations.ts';
import type { Db } from './store.ts';
import { deleteOldSubscriptions } from './subscriptions.ts';

/** Older rows may be deleted; epoch milliseconds. */
interface Cutoffs {
  /** Finished deliveries, and stories without deliveries. */
  readonly cardsSince: number;
  /** Finished fan-outs and digest decisions. */
  readonly notesSince: number;
  /** Pending replies. */
  readonly answersSince: number;
  /** Subscriptions that a refusal has ended. */
  readonly endedSince: number;
}

/** Result of one purge. */
interface PurgeCount {
  readonly deleted: number;
  /** Whether rows are left to look at. */
  readonly more: boolean;
}

/**
 * Deletes one kind of rows after its retention. Each purge looks at `limit` rows at most, starting where the last one
 * ended, so its cost is bounded.
 */
interface RetentionPolicy {
  /** Its name in the messages. */
  readonly name: string;
  purge(db: Db, limit: number, now: number): Promise<PurgeCount>;
}

const countOf = ({ numDeletedRows }: { readonly numDeletedRows: bigint }): number => Number(numDeletedRows);

/** Deletes bars of a symbol, oldest first, and its splits with the last of them. */
const dropBars = async (db: Db, symbol: string, limit: number): Promise<PurgeCount> => {
  const last = await db
    .selectFrom('bars')
    .select('session')
    .where('symbol', '=', symbol)
    .orderBy('session')
    .limit(1)
    .offset(limit)
    .executeTakeFirst();
  const bars = db.deleteFrom('bars').where('symbol', '=', symbol);
  const deleted = countOf(await (last ? bars.where('session', '<', last.session) : bars).executeTakeFirstOrThrow());
  if (!last) await db.deleteFrom('splits').where('symbol', '=', symbol).execute();
  return { deleted, more: last !== undefined };
};

/** Prices of unwatched symbols. */
const bars = (isWatched: (symbol: string) => boolean): RetentionPolicy => {
  let lastSymbol = '';
  return {
    name: 'bars',
    purge: async (db, limit) => {
      const { symbol } = await db
        .selectFrom('bars')
        .select(({ fn }) => fn.min('symbol').as('symbol'))
        .where('symbol', '>', lastSymbol)
        .executeTakeFirstOrThrow();
      if (!symbol) return { deleted: 0, more: false };
      const purged = isWatched(symbol) ? undefined : await dropBars(db, symbol, limit);
      if (!purged?.more) lastSymbol = symbol;
      return { deleted: purged?.deleted ?? 0, more: true };
    },
  };
};

const deliveries = (before: number): RetentionPolicy => {
  let lastId = 0;
  return {
    name: 'deliveries',
    purge: async (db, limit) => {
      const rows = await db
        .selectFrom('deliveries')
        .select(['id', 'created_at', 'settled_at'])
        .where('id', '>', lastId)
        .orderBy('id')
        .limit(limit)
        .execute();
      const old = rows.filter((row) => row.created_at < before);
      lastId = rows.at(-1)?.id ?? lastId;
      const finished = old.filter((row) => row.settled_at !== null && row.settled_at < before);
      if (finished.length > 0)
        await db
          .deleteFrom('deliveries')
          .where('id', '>=', finished[0]?.id ?? 0)
          .where('id', '<=', lastId)
          .where('created_at', '<', before)
          .where('settled_at', '<', before)
          .execute();
      return { deleted: finished.length, more: old.length > 0 };
    },
  };
};

/** Stories without deliveries, except slides: past digests and histories are made of their alerts. */
const stories = (before: number): RetentionPolicy => {
  let lastId = 0;
  return {
    name: 'stories',
    purge: async (db, limit) => {
      const rows = await db
        .selectFrom('stories')
        .select(['id', 'created_at'])
        .where('id', '>', lastId)
        .orderBy('id')
        .limit(limit)
        .execute();
      const from = lastId;
      lastId = rows.at(-1)?.id ?? lastId;
      if (!rows.some(({ created_at }) => created_at < before)) return { deleted: 0, more: false };
      const deleted = await db
        .deleteFrom('stories')
        .where('id', '>', from)
        .where('id', '<=', lastId)
        .where('created_at', '<', before)
        .where('kind', '!=', 'slide')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(selectFrom('deliveries').select('deliveries.id').whereRef('deliveries.story_id', '=', 'stories.id')),
          ),
        )
        .executeTakeFirstOrThrow();
      return { deleted: countOf(deleted), more: true };
    },
  };
};

/** Digest decisions by channel and day. */
const digests = (before: number): RetentionPolicy => {
  const day = new Date(before).toISOString().slice(0, 10);
  let lastId = 0;
  return {
    name: 'notes',
    purge: async (db, limit) => {
      const rows = await db
        .selectFrom('channels')
        .select('id')
        .where('id', '>', lastId)
        .orderBy('id')
        .limit(limit)
        .execute();
      const last = rows.at(-1)?.id;
      if (last === undefined) return { deleted: 0, more: false };
      const deleted = await db
        .deleteFrom('digests')
        .where('channel_id', '>', lastId)
        .where('channel_id', '<=', last)
        .where('day', '<', day)
        .executeTakeFirstOrThrow();
      lastId = last;
      return { deleted: countOf(deleted), more: true };
    },
  };
};

/** Kinds with few rows. */
const notes = ({ cardsSince, notesSince, answersSince }: Cutoffs): RetentionPolicy => ({
  name: 'notes',
  purge: async (db, _, now) => {
    let deleted = 0;
    for (const rows of [
      db.deleteFrom('fanouts').where('done_at', '<', notesSince),
      // Of channels that are not in use any more, and of a bot that was away: the others tell of their end.
      db.deleteFrom('mutes').where('until', '<=', now - DAY_MS),
      db.deleteFrom('open_answers').where('created_at', '<', answersSince),
      db.deleteFrom('edits').where('created_at', '<', cardsSince),
      db.deleteFrom('mute_notes').where('created_at', '<', cardsSince),
      db.deleteFrom('digest_marks').where('decided_at', '<', notesSince),
      // Of platforms that are not set up any more; the others delete their own.
      db.deleteFrom('personal_pings').where('expires_at', '<=', now),
    ])
      deleted += countOf(await rows.executeTakeFirstOrThrow());
    return { deleted, more: false };
  },
});

/** Subscriptions that have expired, and those that have ended long ago. */
const subscriptions = (endedSince: number): RetentionPolicy => ({
  name: 'notes',
  purge: async (db, limit, now) => {
    const deleted = await deleteOldSubscriptions(db, { now, endedSince, limit });
    return { deleted, more: deleted === limit };
  },
});

/** All policies; deliveries come before their stories. */
export const retentionPolicies = (
  cutoffs: Cutoffs,
  isWatched: (symbol: string) => boolean,
): readonly RetentionPolicy[] => [
  bars(isWatched),
  deliveries(cutoffs.cardsSince),
  stories(cutoffs.cardsSince),
  digests(cutoffs.notesSince),
  notes(cutoffs),
  subscriptions(cutoffs.endedSince),
];
