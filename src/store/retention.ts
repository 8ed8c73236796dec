import type { Db } from './store.ts';

/** Ends of what is kept, epoch milliseconds. */
export interface Cutoffs {
  /** Settled deliveries, and stories that nothing tells of any more. */
  readonly cardsSince: number;
  /** What has been decided for a day or a plan, and is looked up no more. */
  readonly notesSince: number;
  /** Answers that somebody may still wait for. */
  readonly answersSince: number;
}

/** What one sweep has come to. */
export interface PurgeCount {
  readonly deleted: number;
  /** False where nothing of the kind is left to look at. */
  readonly more: boolean;
}

/**
 * One kind of thing that is no longer needed. Each sweep looks at `limit` of them at most, from where the last one has
 * ended, and costs no more than these.
 */
export interface RetentionPolicy {
  /** As the messages call it. */
  readonly name: string;
  purge(db: Db, limit: number, now: number): Promise<PurgeCount>;
}

const countOf = ({ numDeletedRows }: { readonly numDeletedRows: bigint }): number => Number(numDeletedRows);

/** Bars of a symbol, the oldest first; its splits with the last of them. */
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

/** Prices of symbols that nobody watches. */
const bars = (isWatched: (symbol: string) => boolean): RetentionPolicy => {
  let looked = '';
  return {
    name: 'bars',
    purge: async (db, limit) => {
      const { symbol } = await db
        .selectFrom('bars')
        .select(({ fn }) => fn.min('symbol').as('symbol'))
        .where('symbol', '>', looked)
        .executeTakeFirstOrThrow();
      if (!symbol) return { deleted: 0, more: false };
      const dropped = isWatched(symbol) ? undefined : await dropBars(db, symbol, limit);
      if (!dropped?.more) looked = symbol;
      return { deleted: dropped?.deleted ?? 0, more: true };
    },
  };
};

const deliveries = (before: number): RetentionPolicy => {
  let looked = 0;
  return {
    name: 'deliveries',
    purge: async (db, limit) => {
      const rows = await db
        .selectFrom('deliveries')
        .select(['id', 'created_at', 'settled_at'])
        .where('id', '>', looked)
        .orderBy('id')
        .limit(limit)
        .execute();
      const old = rows.filter((row) => row.created_at < before);
      looked = rows.at(-1)?.id ?? looked;
      const settled = old.filter((row) => row.settled_at !== null && row.settled_at < before);
      if (settled.length > 0)
        await db
          .deleteFrom('deliveries')
          .where('id', '>=', settled[0]?.id ?? 0)
          .where('id', '<=', looked)
          .where('created_at', '<', before)
          .where('settled_at', '<', before)
          .execute();
      return { deleted: settled.length, more: old.length > 0 };
    },
  };
};

/** Slides stay: past digests and histories are made of the alerts that they tell. */
const stories = (before: number): RetentionPolicy => {
  let looked = 0;
  return {
    name: 'stories',
    purge: async (db, limit) => {
      const rows = await db
        .selectFrom('stories')
        .select(['id', 'created_at'])
        .where('id', '>', looked)
        .orderBy('id')
        .limit(limit)
        .execute();
      const from = looked;
      looked = rows.at(-1)?.id ?? looked;
      if (!rows.some(({ created_at }) => created_at < before)) return { deleted: 0, more: false };
      const deleted = await db
        .deleteFrom('stories')
        .where('id', '>', from)
        .where('id', '<=', looked)
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

/** Which days' digests were decided on, channel by channel. */
const digests = (before: number): RetentionPolicy => {
  const day = new Date(before).toISOString().slice(0, 10);
  let looked = 0;
  return {
    name: 'notes',
    purge: async (db, limit) => {
      const rows = await db
        .selectFrom('channels')
        .select('id')
        .where('id', '>', looked)
        .orderBy('id')
        .limit(limit)
        .execute();
      const last = rows.at(-1)?.id;
      if (last === undefined) return { deleted: 0, more: false };
      const deleted = await db
        .deleteFrom('digests')
        .where('channel_id', '>', looked)
        .where('channel_id', '<=', last)
        .where('day', '<', day)
        .executeTakeFirstOrThrow();
      looked = last;
      return { deleted: countOf(deleted), more: true };
    },
  };
};

/** What there are never many of. */
const notes = ({ notesSince, answersSince }: Cutoffs): RetentionPolicy => ({
  name: 'notes',
  purge: async (db, _, now) => {
    let deleted = 0;
    for (const rows of [
      db.deleteFrom('fanouts').where('done_at', '<', notesSince),
      db.deleteFrom('mutes').where('until', '<=', now),
      db.deleteFrom('open_answers').where('created_at', '<', answersSince),
      db.deleteFrom('digest_marks').where('decided_at', '<', notesSince),
    ])
      deleted += countOf(await rows.executeTakeFirstOrThrow());
    return { deleted, more: false };
  },
});

/** All that is deleted in time; deliveries before the stories that they tell. */
export const retentionPolicies = (
  kept: Cutoffs,
  isWatched: (symbol: string) => boolean,
): readonly RetentionPolicy[] => [
  bars(isWatched),
  deliveries(kept.cardsSince),
  stories(kept.cardsSince),
  digests(kept.notesSince),
  notes(kept),
];
