import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, SqliteDialect } from 'kysely';
import { makeFolder } from '../util/make-folder.ts';
import { columnValue } from './column-value.ts';
import { isLockedError, StoreError, storeFault } from './store-error.ts';

const SCHEME = 'sqlite:';
const MEMORY = ':memory:';

/** The path in a `sqlite:PATH` URL. @throws StoreError for any other URL. */
export const sqlitePath = (url: string): string => {
  // SQLite deletes a database with an empty name when it is closed.
  if (url.startsWith(SCHEME) && url !== SCHEME) return url.slice(SCHEME.length);
  throw new StoreError(`DATABASE_URL: expected sqlite:PATH, got "${url.split(':')[0]}:..."`);
};

/** The URL with a relative path resolved against `folder`. */
export const sqliteUrlIn = (folder: string, url: string): string => {
  const path = sqlitePath(url);
  return path === MEMORY ? url : `${SCHEME}${resolve(folder, path)}`;
};

export interface SqliteOptions {
  /** Milliseconds to wait for another process's lock; default 5,000. */
  readonly waitMs?: number;
}

export interface Sqlite {
  readonly dialect: Dialect;
  /** Returns up to `pages` empty pages of the file to the disk; returns how many. */
  vacuum(pages: number): number;
}

/** More statements than this program has. */
const STATEMENT_CACHE_SIZE = 400;

interface Prepared {
  readonly statement: StatementSync;
  /** Whether it returns rows. */
  readonly reader: boolean;
}

/** @throws TypeError for a value that no column takes. */
const bindValues = (values: readonly unknown[]): SQLInputValue[] => values.map(columnValue);

/**
 * Makes a transaction take the write lock when it begins. A transaction that begins as a reader cannot become a writer
 * once another process has written: it fails at once instead of waiting.
 */
const withLock = (sql: string): string => (sql === 'begin' ? 'begin immediate' : sql);

/** Runs each migration in a transaction: SQLite supports DDL in transactions, which Kysely's own adapter denies. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Whether the database has no tables yet. @throws StoreError if it has tables, but not Kysely's list of migrations. */
const isEmpty = (database: DatabaseSync, path: string): boolean => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  if (tables.length > 0 && !tables.some(({ name }) => name === 'kysely_migration'))
    throw new StoreError(`the database ${path} was not created by Slidewatch; point DATABASE_URL at another file`);
  return tables.length === 0;
};

const open = (path: string, waitMs: number): DatabaseSync => {
  if (path !== MEMORY) makeFolder(dirname(path));
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    // Read first: a file that is damaged, foreign or not a database is left unchanged.
    // Incremental vacuum can only be chosen before the first table is made.
    if (isEmpty(database, path)) database.exec('PRAGMA auto_vacuum=INCREMENTAL');
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
};

/**
 * Opens node:sqlite as a Kysely dialect. A commit is on the disk before it returns (WAL, synchronous=FULL).
 * @throws StoreError for another program's database, else what node:sqlite throws (see `storeFault`).
 */
export const openSqlite = (path: string, { waitMs = 5_000 }: SqliteOptions = {}): Sqlite => {
  const database = open(path, waitMs);
  const statements = new Map<string, Prepared>();
  const prepared = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(withLock(sql));
    const added = { statement, reader: statement.columns().length > 0 };
    if (statements.size >= STATEMENT_CACHE_SIZE) statements.clear();
    statements.set(sql, added);
    return added;
  };
  const dialect = new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const { statement, reader } = prepared(sql);
        return {
          reader,
          all: (list) => statement.all(...bindValues(list)),
          // SQLite rolls back by itself when the disk is full; a second rollback would fail and hide that error.
          run: (list) =>
            sql === 'rollback' && !database.isTransaction
              ? { changes: 0, lastInsertRowid: 0 }
              : statement.run(...bindValues(list)),
          iterate: (list) => statement.iterate(...bindValues(list)),
        };
      },
    },
  });
  dialect.createAdapter = () => new TransactionalAdapter();
  const freePages = (): number => Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count ?? 0);
  return {
    dialect,
    vacuum: (pages) => {
      const before = freePages();
      if (before === 0) return 0;
      database.exec(`PRAGMA incremental_vacuum(${pages})`);
      return before - freePages();
    },
  };
};

/** Time for a bot that is stopping to release the lock. */
const LOCK_WAIT_MS = 2_000;

/** Keeps the lock's connection reachable: garbage collection would close it and release the lock. */
const openLocks = new Set<DatabaseSync>();

/**
 * Takes the single-instance lock of a database until the process ends: two bots on one database would each post every
 * alert. It is an operating system lock on an empty file next to the database, so a killed process does not leave it
 * behind, and readers of the database do not need it. Returns a function that releases it.
 * @throws StoreError if another process holds it.
 */
export const lockDatabase = (url: string): (() => void) => {
  const path = sqlitePath(url);
  if (path === MEMORY) return () => undefined;
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(dirname(path));
    lock = new DatabaseSync(`${path}.lock`, { timeout: LOCK_WAIT_MS });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (isLockedError(error))
      throw new StoreError(
        `another Slidewatch is already using the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
        { cause: error },
      );
    throw storeFault(error, path);
  }
  const held = lock;
  openLocks.add(held);
  return () => {
    openLocks.delete(held);
    held.close();
  };
};
