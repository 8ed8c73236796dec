import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Schema } from './schema.ts';

/** The migrations that this program has, by the names of their files: they are loaded only where one is to run. */
const ownNames = (): string[] =>
  readdirSync(join(import.meta.dirname, 'migrations')).map((file) => basename(file, '.ts'));

/**
 * Whether a database has had exactly the migrations that this program has; false for a new one. Takes the lock that a
 * migration would, so that a database that another process holds is refused here.
 * @throws the database's error, if `faultOf` knows it.
 */
export const isMigrated = async (db: Kysely<Schema>, faultOf: Engine['faultOf']): Promise<boolean> => {
  try {
    const { rows } = await db
      .transaction()
      .execute((trx) => sql<{ readonly name: string }>`select name from kysely_migration`.execute(trx));
    const had = new Set(rows.map(({ name }) => name));
    return had.symmetricDifference(new Set(ownNames())).size === 0;
  } catch (error) {
    if (faultOf(error)) throw error;
    return false;
  }
};
