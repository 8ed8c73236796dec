import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect } from 'kysely';
import { makeFolder } from '../util/make-folder.ts';
import { columnValue } from './column-value.ts';
import { MEMORY } from './database-url.ts';
import type { Engine, StoreOptions } from './engine.ts';
import { ownerOnly } from './owner-only.ts';
import { sqliteSequences } from './sqlite/sequences.ts';
import { isDamageError, openingFault, sqliteFault } from './sqlite-faults.ts';
import { StoreError } from './store-error.ts';

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

/** Reads the first page of each table. @throws SQLite's error for a damaged one, while nothing is written yet. */
const touchTables = (database: DatabaseSync): void => {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  for (const { name } of tables) database.prepare(`SELECT * FROM "${name}" NOT INDEXED LIMIT 1`).get();
};

const open = (path: string, waitMs: number): DatabaseSync => {
  if (path !== MEMORY) {
    makeFolder(dirname(path));
    // A name such as `file:NAME?mode=memory` is no path.
    if (!path.startsWith('file:')) ownerOnly(path);
  }
  const database = new DatabaseSync(path, { timeout: waitMs });
  try {
    // Read first: a file that is damaged, foreign or not a database is left unchanged.
    // Incremental vacuum can only be chosen before the first table is made.
    if (isEmpty(database, path)) database.exec('PRAGMA auto_vacuum=INCREMENTAL');
    touchTables(database);
    database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
};

/** @throws StoreError for a file or a folder that cannot be used. */
const openFile = (path: string, waitMs: number): DatabaseSync => {
  try {
    return open(path, waitMs);
  } catch (error) {
    throw openingFault(error, path);
  }
};

/** Whether there is a file at `path`. */
export const sqliteExists = (path: string): boolean => existsSync(path);

/**
 * Opens node:sqlite as a Kysely dialect. A commit is on the disk before it returns (WAL, synchronous=FULL).
 * @throws StoreError
 */
export const openSqlite = (path: string, { waitMs = 5_000, onDamaged }: StoreOptions = {}): Engine => {
  const database = openFile(path, waitMs);
  /** What a statement returns. @throws StoreError for what SQLite says about the file, outside of transactions, too. */
  const saying = <T>(statement: () => T): T => {
    try {
      return statement();
    } catch (error) {
      if (isDamageError(error)) onDamaged?.(sqliteFault(error, path) as StoreError);
      throw sqliteFault(error, path) ?? error;
    }
  };
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
        const { statement, reader } = saying(() => prepared(sql));
        return {
          reader,
          all: (list) => saying(() => statement.all(...bindValues(list))),
          // SQLite rolls back by itself when the disk is full; a second rollback would fail and hide that error.
          run: (list) =>
            sql === 'rollback' && !database.isTransaction
              ? { changes: 0, lastInsertRowid: 0 }
              : saying(() => statement.run(...bindValues(list))),
          iterate: (list) => statement.iterate(...bindValues(list)),
        };
      },
    },
  });
  dialect.createAdapter = () => new TransactionalAdapter();
  const freePages = (): number => Number(database.prepare('PRAGMA freelist_count').get()?.freelist_count ?? 0);
  return {
    name: path,
    dialect,
    attempt: (transaction) => transaction(),
    faultOf: (error) => sqliteFault(error, path),
    sequences: sqliteSequences,
    tune: async () => undefined,
    vacuum: (pages) => {
      const before = freePages();
      if (before === 0) return 0;
      database.exec(`PRAGMA incremental_vacuum(${pages})`);
      return before - freePages();
    },
  };
};
