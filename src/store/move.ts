import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Db, Store } from './store.ts';
import { StoreError } from './store-error.ts';
import { PRIMARY_KEYS, TABLES } from './tables.ts';

const ROWS_PER_PAGE = 500;

/** Under which a database says that it was moved: to where, and when. */
const MOVED = 'moved';

interface Moved {
  /** The other database's name, without a password. */
  readonly to: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A table as it was copied. */
export interface MovedTable {
  readonly table: keyof Schema;
  readonly rows: number;
  /** SHA-256 of its rows in the order of the primary key. */
  readonly checksum: string;
}

type Row = Readonly<Record<string, unknown>>;

/** Every database may have other columns' order, and PostgreSQL has no U+0000. */
const lineOf = (row: Row): string =>
  JSON.stringify(
    Object.keys(row)
      .sort()
      .map((column) => row[column]),
  ).replaceAll('\\u0000', '\ufffd');

/** A table's rows by its primary key, a page at a time. */
async function* pagesOf(db: Db, table: keyof Schema): AsyncGenerator<readonly Row[]> {
  const keys = PRIMARY_KEYS[table].map((key) => sql.ref(key));
  const order = sql.join(keys);
  let after: readonly unknown[] | undefined;
  for (;;) {
    const rest = after ? sql`where (${order}) > (${sql.join(after)})` : sql``;
    const page = sql<Row>`select * from ${sql.table(table)} ${rest} order by ${order} limit ${sql.lit(ROWS_PER_PAGE)}`;
    const { rows } = await page.execute(db);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < ROWS_PER_PAGE || !last) return;
    after = PRIMARY_KEYS[table].map((key) => last[key]);
  }
}

/** Reads a table whole, and hands each page to `use`. */
const readTable = async (
  db: Db,
  table: keyof Schema,
  use: (page: readonly Row[]) => Promise<unknown> = async () => undefined,
): Promise<MovedTable> => {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const page of pagesOf(db, table)) {
    for (const row of page) hash.update(lineOf(row)).update('\n');
    rows += page.length;
    await use(page);
  }
  return { table, rows, checksum: hash.digest('hex') };
};

/** Copies a page as it is: its columns are those of the other database, which has the same schema. */
const insert = (db: Db, table: keyof Schema, page: readonly Row[]): Promise<unknown> =>
  db
    .insertInto(table)
    .values(page as never)
    .execute();

const readAll = async (db: Db): Promise<MovedTable[]> => {
  const tables: MovedTable[] = [];
  for (const table of TABLES) tables.push(await readTable(db, table));
  return tables;
};

const filledTables = async (db: Db): Promise<string[]> => {
  const filled: string[] = [];
  for (const table of TABLES) {
    const row = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (row.rows.length > 0) filled.push(table);
  }
  return filled;
};

/** Where a database was moved to; undefined if it was not. */
export const movedTo = async (db: Db): Promise<Moved | undefined> => {
  const row = await db.selectFrom('meta').select('value').where('name', '=', MOVED).executeTakeFirst();
  return row && (JSON.parse(row.value) as Moved);
};

/** A name of a database in messages, and its store. */
export interface NamedStore {
  readonly name: string;
  readonly store: Store;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** @throws StoreError if the database was moved elsewhere: two bots would each post every alert. */
export const refuseMoved = async ({ name, store }: NamedStore): Promise<void> => {
  const moved = await movedTo(store.db);
  if (moved)
    throw new StoreError(
      `the database ${name} was moved to ${moved.to} on ${day(moved.at)}; set DATABASE_URL to that one`,
    );
};

const isSame = (one: readonly MovedTable[], other: readonly MovedTable[]): boolean =>
  one.every(({ rows, checksum }, nth) => rows === other[nth]?.rows && checksum === other[nth]?.checksum);

/** Copies all tables in one transaction, reads them again and compares. @throws StoreError if a table differs */
const copy = (from: NamedStore, to: NamedStore): Promise<MovedTable[]> =>
  to.store.transaction(async (target) => {
    const copied: MovedTable[] = [];
    for (const table of TABLES) {
      const read = await readTable(from.store.db, table, (page) => insert(target, table, page));
      const written = await readTable(target, table);
      if (!isSame([read], [written]))
        throw new StoreError(
          `the table ${table} came out otherwise in ${to.name} than it is in ${from.name} (${written.rows} of ${read.rows} rows); nothing was moved`,
        );
      copied.push(read);
    }
    await to.store.sequences.write(target, await from.store.sequences.read(from.store.db));
    return copied;
  });

export interface MoveOptions {
  readonly now: number;
  /** Moves a database once more that was moved before. */
  readonly again?: boolean;
}

/**
 * Copies a database into an empty one, checks each table by its rows and a checksum, and marks the old one, which no bot
 * starts with any more. All or nothing: a break leaves the new one empty. If it came after the copy, the next call
 * finds both equal and sets the mark. No bot may use either of them meanwhile.
 * @throws StoreError; the old database is as it was.
 */
export const moveStore = async (
  from: NamedStore,
  to: NamedStore,
  { now, again = false }: MoveOptions,
): Promise<{ readonly tables: readonly MovedTable[]; readonly wasThere: boolean }> => {
  const before = await movedTo(from.store.db);
  if (before && !again)
    throw new StoreError(
      `the database ${from.name} was moved to ${before.to} on ${day(before.at)}; to move it once more all the same, add --again`,
    );
  if (before) await from.store.db.deleteFrom('meta').where('name', '=', MOVED).execute();
  try {
    const filled = await filledTables(to.store.db);
    const there = filled.length > 0 ? await readAll(to.store.db) : undefined;
    if (there && !isSame(await readAll(from.store.db), there))
      throw new StoreError(
        `the database ${to.name} is not empty (${filled.slice(0, 3).join(', ')}${filled.length > 3 ? ' ...' : ''}); name an empty one`,
      );
    const tables = there ?? (await copy(from, to));
    await mark(from.store.db, { to: to.name, at: now });
    return { tables, wasThere: there !== undefined };
  } catch (error) {
    if (before) await mark(from.store.db, before);
    throw error;
  }
};

const mark = async (db: Db, moved: Moved): Promise<void> => {
  const value = JSON.stringify(moved);
  await db
    .insertInto('meta')
    .values({ name: MOVED, value })
    .onConflict((on) => on.column('name').doUpdateSet({ value }))
    .execute();
};
