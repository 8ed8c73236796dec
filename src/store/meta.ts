import { randomBytes } from 'node:crypto';
import type { Db } from './store.ts';

/**
 * The database's own id, six letters or digits, made at the first call. It is part of each message's key, so that a
 * new database never mistakes an older one's message for its own.
 */
export const instanceOf = async (db: Db): Promise<string> => {
  const made = randomBytes(8).readBigUInt64BE().toString(36).padStart(6, '0').slice(-6);
  await db
    .insertInto('meta')
    .values({ name: 'instance', value: made })
    .onConflict((on) => on.column('name').doNothing())
    .execute();
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'instance').executeTakeFirstOrThrow();
  return row.value;
};

/** The number saved under a name; undefined if there is none. */
export const readMark = async (db: Db, name: string): Promise<number | undefined> => {
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : Number(row.value);
};

/** Saves a number under a name; undefined deletes it. */
export const writeMark = async (db: Db, name: string, mark: number | undefined): Promise<void> => {
  if (mark === undefined) {
    await db.deleteFrom('meta').where('name', '=', name).execute();
    return;
  }
  const row = { value: String(mark) };
  await db
    .insertInto('meta')
    .values({ name, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
};

/** Whether the database answers a query. Never rejects. */
export const databaseAnswers = async (db: Db): Promise<boolean> =>
  db
    .selectFrom('meta')
    .select('name')
    .limit(1)
    .execute()
    .then(
      () => true,
      () => false,
    );
