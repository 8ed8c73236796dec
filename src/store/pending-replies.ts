import type { PendingReply } from '../stories/pending-reply.ts';
import type { Db } from './store.ts';

export const writePendingReply = async (db: Db, { id, platform, body, createdAt }: PendingReply): Promise<void> => {
  const row = { platform, body, created_at: createdAt };
  await db
    .insertInto('open_answers')
    .values({ id, ...row })
    .onConflict((on) => on.column('id').doUpdateSet(row))
    .execute();
};

export const deletePendingReply = async (db: Db, id: string): Promise<void> => {
  await db.deleteFrom('open_answers').where('id', '=', id).execute();
};

/** All pending replies of a platform, oldest first. */
export const readPendingReplies = (db: Db, platform: string): Promise<PendingReply[]> =>
  db
    .selectFrom('open_answers')
    .select(['id', 'platform', 'body', 'created_at as createdAt'])
    .where('platform', '=', platform)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/** Deletes a platform's pending replies from before `before`, epoch milliseconds. */
export const deleteExpiredReplies = async (db: Db, platform: string, before: number): Promise<void> => {
  await db.deleteFrom('open_answers').where('platform', '=', platform).where('created_at', '<=', before).execute();
};
