import { cacheCompiledQueries } from './compiled-queries.ts';
import { idChunks } from './id-lists.ts';
import type { Db } from './store.ts';

/** Inserts by number of channels. */
const compiledInserts = cacheCompiledQueries<number>();

/** Records that channels get a day's digest; returns the channels for which that day was not recorded before. */
export const recordDigests = async (
  db: Db,
  channelIds: readonly number[],
  day: string,
  now: number,
): Promise<number[]> => {
  const recorded: number[] = [];
  for (const ids of idChunks(channelIds)) {
    const insert = compiledInserts(db, ids.length, () =>
      db
        .insertInto('digests')
        .columns(['channel_id', 'day', 'state', 'created_at'])
        .expression((from) =>
          from
            .selectFrom('channels')
            .select(({ ref, val }) => [
              ref('channels.id').as('channel_id'),
              val(day).as('day'),
              val('queued').as('state'),
              val(now).as('created_at'),
            ])
            .where('channels.id', 'in', ids),
        )
        .onConflict((on) => on.columns(['channel_id', 'day']).doNothing())
        .returning('channel_id')
        .compile(),
    );
    // In the order of the statement's placeholders.
    const parameters = [day, 'queued', now, ...ids];
    const { rows } = await db.executeQuery<{ channel_id: number }>({ ...insert, parameters });
    for (const row of rows) recorded.push(row.channel_id);
  }
  return recorded;
};

/** How far the digests of one `digestKey` have been decided. */
export interface DigestMark {
  /** The last day that was enqueued or skipped: this day and all before it are final. */
  readonly day: string;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
  /** When a digest of this key was last enqueued, epoch milliseconds; absent if none was. */
  readonly enqueuedAt?: number;
}

/** Marks by key; a key without a mark is absent. */
export const readDigestMarks = async (db: Db, keys: readonly string[]): Promise<Map<string, DigestMark>> => {
  const marks = new Map<string, DigestMark>();
  for (const chunk of idChunks(keys)) {
    const rows = await db.selectFrom('digest_marks').selectAll().where('key', 'in', chunk).execute();
    for (const { key, day, decided_at, told_at } of rows)
      marks.set(key, { day, decidedAt: decided_at, ...(told_at !== null && { enqueuedAt: told_at }) });
  }
  return marks;
};

const MARKS_PER_INSERT = 100;

/** Writes the marks of keys. Each keeps when a digest was last enqueued, unless the new mark says. */
export const writeDigestMarks = async (db: Db, marks: ReadonlyMap<string, DigestMark>): Promise<void> => {
  const rows = [...marks].map(([key, { day, decidedAt, enqueuedAt }]) => ({
    ...{ key, day, decided_at: decidedAt, told_at: enqueuedAt ?? null },
  }));
  for (let from = 0; from < rows.length; from += MARKS_PER_INSERT)
    await db
      .insertInto('digest_marks')
      .values(rows.slice(from, from + MARKS_PER_INSERT))
      .onConflict((on) =>
        on.column('key').doUpdateSet(({ ref, fn }) => ({
          day: ref('excluded.day'),
          decided_at: ref('excluded.decided_at'),
          told_at: fn.coalesce(ref('excluded.told_at'), ref('digest_marks.told_at')),
        })),
      )
      .execute();
};

/** Deletes the marks of keys that no channel uses any more: a channel that returns to one starts afresh. */
export const dropDigestMarks = async (db: Db, keys: readonly string[]): Promise<void> => {
  for (const chunk of idChunks(keys)) await db.deleteFrom('digest_marks').where('key', 'in', chunk).execute();
};
