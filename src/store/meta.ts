import { randomBytes } from 'node:crypto';
import type { Db } from './store.ts';

/**
 * Six letters or digits that tell this database from any other, made when it is. They go into the key of each message,
 * so that a fresh database never takes another's message for its own.
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

/** A number that is remembered under a name; undefined where there is none. */
export const readMark = async (db: Db, name: string): Promise<number | undefined> => {
  const row = await db.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : Number(row.value);
};

/** Remembers it, or forgets it where it is undefined. */
export const writeMark = async (db: Db, name: string, mark: number | undefined): Promise<void> => {
  await db.deleteFrom('meta').where('name', '=', name).execute();
  if (mark !== undefined)
    await db
      .insertInto('meta')
      .values({ name, value: String(mark) })
      .execute();
};
