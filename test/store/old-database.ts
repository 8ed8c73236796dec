import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { databasePath } from './temporary.ts';

/** Makes a database as it was after the migration `last`, with the rows of `statements`. Returns its path. */
export const oldDatabase = async (last: string, statements: readonly string[]): Promise<string> => {
  const path = databasePath();
  const sqlite = openSqlite(path);
  const db = new Kysely<unknown>({ dialect: sqlite.dialect });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo(last);
  for (const sql of error ? [] : statements) await db.executeQuery({ ...db.selectNoFrom([]).compile(), sql });
  await db.destroy();
  if (error) throw error;
  return path;
};
