import { Kysely, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { openSqlite, type Sqlite, type SqliteOptions, sqlitePath, storeFault } from './sqlite.ts';
import { StoreError } from './store-error.ts';

/** What a query runs on: the database, or a transaction on it. */
export type Db = Kysely<Schema> | Transaction<Schema>;

export interface Store {
  readonly db: Kysely<Schema>;
  /** All of it or nothing. @throws StoreError for a full disk, a lock or a damaged file. */
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /**
   * Gives room of what was deleted back to the disk, so many pages at most; returns how many it was. 0 where there is none,
   * or where the database was made in a way that keeps it.
   */
  vacuum(pages: number): number;
  close(): Promise<void>;
}

/** Kysely says `corrupted migrations` where the database has seen migrations that this program does not have. */
const migrationFault = (error: unknown, path: string): unknown =>
  error instanceof Error && error.message.startsWith('corrupted migrations')
    ? new StoreError(`the database ${path} is of a newer Slidewatch; update this one, or restore an older backup`, {
        cause: error,
      })
    : storeFault(error, path);

/**
 * Opens the database and brings its tables up to date. `sqlite::memory:` lives as long as the process.
 * @throws StoreError, one line, with the file untouched.
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
