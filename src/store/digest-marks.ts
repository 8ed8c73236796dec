import { idChunks } from './lists.ts';
import type { Db } from './store.ts';

/** How far the digests of one `digestKey` have been decided. */
export interface DigestMark {
  /** Of this day and all before it nothing is told any more. */
  readonly day: string;
  /** Epoch milliseconds. */
  readonly decidedAt: number;
  /** When a digest of this key was last told; absent where none has been. */
  readonly toldAt?: number;
}

export const readDigestMarks = async (db: Db, keys: readonly string[]): Promise<Map<string, DigestMark>> => {
  const marks = new Map<string, DigestMark>();
  for (const some of idChunks(keys)) {
    const rows = await db.selectFrom('digest_marks').selectAll().where('key', 'in', some).execute();
    for (const { key, day, decided_at, told_at } of rows)
      marks.set(key, { day, decidedAt: decided_at, ...(told_at !== null && { toldAt: told_at }) });
  }
  return marks;
};

/** The first mark of a key; one that is there stays. */
export const beginDigestMark = async (db: Db, key: string, { day, decidedAt }: DigestMark): Promise<void> => {
  await db
    .insertInto('digest_marks')
    .values({ key, day, decided_at: decidedAt, told_at: null })
    .onConflict((on) => on.column('key').doNothing())
    .execute();
};

/** Moves a mark on from where it was read; false where another has moved it since. */
export const moveDigestMark = async (db: Db, key: string, from: DigestMark, to: DigestMark): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('digest_marks')
    .set({ day: to.day, decided_at: to.decidedAt, told_at: to.toldAt ?? from.toldAt ?? null })
    .where('key', '=', key)
    .where('day', '=', from.day)
    .where('decided_at', '=', from.decidedAt)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) === 1;
};

/** Forgets keys that no channel has any more: whoever comes back to one begins afresh. */
export const dropDigestMarks = async (db: Db, keys: readonly string[]): Promise<void> => {
  for (const some of idChunks(keys)) await db.deleteFrom('digest_marks').where('key', 'in', some).execute();
};
