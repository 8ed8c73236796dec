import { Kysely, type Transaction } from 'kysely';
import { isPostgresUrl, sqlitePath } from './database-url.ts';
import type { Engine, StoreOptions } from './engine.ts';
import { isMigrated } from './is-migrated.ts';
import type { Schema } from './schema.ts';
import type { Sequences } from './sequences.ts';
import { openSqlite, sqliteExists } from './sqlite.ts';
import { StoreError } from './store-error.ts';

/** The database, or a transaction on it. */
export type Db = Kysely<Schema> | Transaction<Schema>;

export interface Store {
  readonly db: Kysely<Schema>;
  readonly sequences: Sequences;
  /**
   * Commits all of `work`, or nothing if it fails. If the database rolled it back for a reason that passes, such as a lost
   * connection, `work` runs again: what it changes outside of the database has to stay the same then.
   * @throws StoreError for a full disk, a lock, a damaged file, or a database that stays away.
   */
  transaction<T>(work: (trx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /**
   * Returns up to `pages` empty pages of the file to the disk; returns how many. 0 if there are none, or if the
   * database looks after that by itself.
   */
  vacuum(pages: number): number;
  /** The StoreError for an error of a query outside of a transaction; undefined if it is not about the database. */
  faultOf(error: unknown): StoreError | undefined;
  close(): Promise<void>;
}

/** Loads PostgreSQL's driver only where it is used. */
const openEngine = async (url: string, options: StoreOptions): Promise<Engine> => {
  if (!isPostgresUrl(url)) return openSqlite(sqlitePath(url), options);
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(url, options);
};

/** Kysely reports `corrupted migrations` if the database has migrations that this program does not know. */
const migrationFault = (error: unknown, { name, faultOf }: Engine): unknown =>
  error instanceof Error && error.message.startsWith('corrupted migrations')
    ? new StoreError(
        `the database ${name} was created by a newer version of Slidewatch; update Slidewatch or restore an older backup`,
        {
          cause: error,
        },
      )
    : (faultOf(error) ?? error);

/** Runs the migrations that the database lacks. Loaded where there are some: a bot that starts again has none. */
const migrate = async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
  const { Migrator } = await import('kysely/migration');
  const { migrations } = await import('./migrations.ts');
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error;
  if (results.length > 0) await engine.tune(db);
};

/**
 * Opens the database and runs its migrations. `sqlite::memory:` lives until it is closed.
 * @throws StoreError, in one line; the database is untouched.
 */
export const openStore = async (url: string, options: StoreOptions = {}): Promise<Store> => {
  const engine = await openEngine(url, options);
  const { faultOf } = engine;
  const db = new Kysely<Schema>({ dialect: engine.dialect });
  try {
    if (!(await isMigrated(db, faultOf))) await migrate(db, engine);
  } catch (error) {
    await db.destroy();
    throw migrationFault(error, engine);
  }
  return {
    db,
    sequences: engine.sequences,
    transaction: async (work) => {
      try {
        return await engine.attempt(() => db.transaction().execute(work));
      } catch (error) {
        throw faultOf(error) ?? error;
      }
    },
    vacuum: (pages) => {
      try {
        return engine.vacuum(pages);
      } catch (error) {
        throw faultOf(error) ?? error;
      }
    },
    faultOf,
    close: () => db.destroy(),
  };
};

/** Whether a bot has used this database before. @throws StoreError if that cannot be told. */
export const storeExists = async (url: string): Promise<boolean> => {
  if (!isPostgresUrl(url)) return sqliteExists(sqlitePath(url));
  const { postgresExists } = await import('./postgres.ts');
  return postgresExists(url);
};

/** The database in messages: a path, or its name and host. @throws StoreError for a URL that cannot be read. */
export const databaseName = async (url: string): Promise<string> => {
  if (!isPostgresUrl(url)) return sqlitePath(url);
  const { postgresConfig } = await import('./postgres/config.ts');
  return postgresConfig(url).name;
};
