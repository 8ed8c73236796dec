import type { Db } from './store.ts';

/** Notes that a change of the bill is told; false if it was before. Do it in the transaction that enqueues it. */
export const noteBillNews = async (db: Db, key: string, now: number): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('bill_news')
    .values({ key, told_at: now })
    .onConflict((on) => on.column('key').doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0) === 1;
};
