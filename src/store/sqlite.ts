import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, SqliteDialect } from 'kysely';
import { StoreError } from './store-error.ts';

const SCHEME = 'sqlite:';
const MEMORY = ':memory:';

/** The file of a `sqlite:PATH` URL. @throws StoreError for any other URL. */
export const sqlitePath = (url: string): string => {
  // An empty name would be a database that SQLite throws away at the end.
  if (url.startsWith(SCHEME) && url !== SCHEME) return url.slice(SCHEME.length);
  throw new StoreError(`DATABASE_URL: expected sqlite:PATH, got "${url.split(':')[0]}:..."`);
};

/** The URL with a relative path resolved against `folder`. */
export const sqliteUrlIn = (folder: string, url: string): string => {
  const path = sqlitePath(url);
  return path === MEMORY ? url : `${SCHEME}${resolve(folder, path)}`;
};

const BUSY = 5;

/** What node:sqlite reports, by SQLite's primary result code. */
const faults: Readonly<Record<number, string>> = {
  [BUSY]: 'is locked by another process; stop the other Slidewatch, or wait for its backup to end',
  8: 'may not be written; give the user who runs Slidewatch write permission on it and its folder',
  10: 'could not be read or written; check the disk',
  11: 'is damaged; move it away and restore a backup, or start afresh without it',
  13: 'could not be written: the disk is full; free some space and start again',
  14: 'cannot be opened; check that its folder exists and may be written',
  26: 'is not a SQLite database; point DATABASE_URL at another file, or move this one away',
};

const resultCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = (error as Error & { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

/** The one line for what SQLite says of a file that it cannot work with; undefined for any other error. */
export const fileFault = (error: unknown, path: string): StoreError | undefined => {
  if (error instanceof StoreError) return error;
  const code = resultCode(error);
  const said = code === undefined ? undefined : faults[code];
  return said === undefined ? undefined : new StoreError(`the database ${path} ${said}`, { cause: error });
};

/** The one line for a fault of the database; anything else is handed back as it is. */
export const storeFault = (error: unknown, path: string): unknown => {
  const fault = fileFault(error, path);
  if (fault) return fault;
  if (error instanceof Error && 'syscall' in error)
    return new StoreError(`the database ${path} cannot be opened (${error.message}); check the path in DATABASE_URL`, {
      cause: error,
    });
  return error;
};

export interface SqliteOptions {
  /** Milliseconds that another process's lock is waited for; 5,000 unless told. */
  readonly waitMs?: number;
}

export interface Sqlite {
  readonly dialect: Dialect;
  /** Gives so many empty pages of the file back to the disk; returns how many it was. */
  vacuum(pages: number): number;
}

/** How many prepared statements are kept: more than the queries this program has. */
const STATEMENT_CACHE_SIZE = 400;

interface Prepared {
  readonly statement: StatementSync;
  /** True where it returns rows. */
  readonly reader: boolean;
}

/**
 * What a statement may be given. node:sqlite would take a Date or a list in the first place for named parameters
 * and store NULL without a word.
 */
const bound = (values: readonly unknown[]): SQLInputValue[] =>
  values.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
      return value;
    if (value instanceof Uint8Array) return value;
    throw new TypeError(`a column takes text, numbers or null, not ${Object.prototype.toString.call(value)}`);
  });

/**
 * A transaction takes the write lock when it begins. One that began as a reader could not become a writer once
 * another process has written, and would fail at once instead of waiting its turn.
 */
const withLock = (sql: string): string => (sql === 'begin' ? 'begin immediate' : sql);

/** SQLite's tables can be made and changed within a transaction, so that a migration is done whole or not at all. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** True where there are no tables yet. Our own never come without the list of migrations: others are refused. */
const isNew = (database: DatabaseSync, path: string): boolean => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  if (tables.length > 0 && !tables.some(({ name }) => name === 'kysely_migration'))
    throw new StoreError(`the database ${path} belongs to another program; point DATABASE_URL at another file`);
  return tables.length === 0;
};

const open = (path: string, waitMs: number): DatabaseSync => {
  if (path !== MEMORY) mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    // Reading comes first: a file that is damaged, foreign or no database at all is left as it was found.
    // Only before the first table can a file be made so that it gives room back piece by piece.
    if (isNew(database, path)) database.exec('PRAGMA auto_vacuum=INCREMENTAL');
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
};

/**
 * SQLite through node:sqlite, in the shape that Kysely's dialect expects. Every commit is on the disk before it
 * returns (WAL, synchronous=FULL).
 * @throws StoreError for another program's database, else what node:sqlite throws; the caller makes StoreError of it.
 */
export const openSqlite = (path: string, { waitMs = 5_000 }: SqliteOptions = {}): Sqlite => {
  const database = open(path, waitMs);
  const kept = new Map<string, Prepared>();
  const prepared = (sql: string): Prepared => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = database.prepare(withLock(sql));
    const made = { statement, reader: statement.columns().length > 0 };
    if (kept.size >= STATEMENT_CACHE_SIZE) kept.clear();
    kept.set(sql, made);
    return made;
  };
  const dialect = new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const { statement, reader } = prepared(sql);
        return {
          reader,
          all: (list) => statement.all(...bound(list)),
          // On a full disk SQLite ends a transaction by itself; to end it again would be a fault that hides the first.
          run: (list) =>
            sql === 'rollback' && !database.isTransaction
              ? { changes: 0, lastInsertRowid: 0 }
              : statement.run(...bound(list)),
          iterate: (list) => statement.iterate(...bound(list)),
        };
      },
    },
  });
  dialect.createAdapter = () => new TransactionalAdapter();
  const free = (): number => Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count ?? 0);
  return {
    dialect,
    vacuum: (pages) => {
      const before = free();
      if (before === 0) return 0;
      database.exec(`PRAGMA incremental_vacuum(${pages})`);
      return before - free();
    },
  };
};

/** A bot that is being stopped has so long to let go. */
const LOCK_WAIT_MS = 2_000;

/** A connection that nobody holds is closed with the garbage, and its lock is gone. */
const held = new Set<DatabaseSync>();

/**
 * Makes sure that no other bot runs on this database until the process ends: two would each tell what happens. The lock
 * is the operating system's, on an empty file beside the database, so that not even a killed process leaves it behind;
 * whoever only reads the database is not concerned. Returns a way to let go.
 * @throws StoreError where another one holds it.
 */
export const lockDatabase = (url: string): (() => void) => {
  const path = sqlitePath(url);
  if (path === MEMORY) return () => undefined;
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    lock = new DatabaseSync(`${path}.lock`, { timeout: LOCK_WAIT_MS });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (resultCode(error) === BUSY)
      throw new StoreError(
        `another Slidewatch runs on the database ${path}; stop that one, or give this one a DATABASE_URL of its own`,
        { cause: error },
      );
    throw storeFault(error, path);
  }
  const own = lock;
  held.add(own);
  return () => {
    held.delete(own);
    own.close();
  };
};
