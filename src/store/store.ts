import { Kysely, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { openSqlite, type Sqlite, type SqliteOptions, sqlitePath } from './sqlite.ts';
import { StoreError, storeFault } from './store-error.ts';

/** The database, or a transaction on it. */
export type Db = Kysely<Schema> | Transaction<Schema>;

export interface Store {
  readonly db: Kysely<Schema>;
  /** Commits all of `work`, or nothing if it fails. @throws StoreError for a full disk, a lock or a damaged file. */
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /**
   * Returns up to `pages` empty pages of the file to the disk; returns how many. 0 if there are none, or if the
   * database was made without incremental vacuum.
   */
  vacuum(pages: number): number;
  close(): Promise<void>;
}

/** Kysely reports `corrupted migrations` if the database has migrations that this program does not know. */
const migrationFault = (error: unknown, path: string): unknown =>
  error instanceof Error && error.message.startsWith('corrupted migrations')
    ? new StoreError(
        `the database ${path} was created by a newer version of Slidewatch; update Slidewatch or restore an older backup`,
        {
          cause: error,
        },
      )
    : storeFault(error, path);

/**
 * Opens the database and runs its migrations. `sqlite::memory:` lives until it is closed.
 * @throws StoreError, in one line; the file is untouched.
 */
export const openStore = async (url: string, options: SqliteOptions = {}): Promise<Store> => {
  const path = sqlitePath(url);
  let sqlite: Sqlite;
  try {
    sqlite = openSqlite(path, options);
  } catch (error) {
    throw storeFault(error, path);
  }
  const db = new Kysely<Schema>({ dialect: sqlite.dialect });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    await db.destroy();
    throw migrationFault(error, path);
  }
  return {
    db,
    transaction: async (work) => {
      try {
        return await db.transaction().execute(work);
      } catch (fault) {
        throw storeFault(fault, path);
      }
    },
    vacuum: (pages) => {
      try {
        return sqlite.vacuum(pages);
      } catch (fault) {
        throw storeFault(fault, path);
      }
    },
    close: () => db.destroy(),
  };
};
