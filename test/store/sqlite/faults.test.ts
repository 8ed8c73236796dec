import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DATABASE_URL_FORM } from '../../../src/store/database-url.ts';
import { openStore } from '../../../src/store/store.ts';
import { addSplits, HALF_MIGRATED, STATEMENTS, sessions } from '../inspect.ts';
import { databasePath, openTestStore } from '../temporary.ts';

/** `Name: message` of the error that `work` rejects with, which must be one line. */
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => new Error('expected a fault, and there was none'),
    (fault: Error) => fault,
  );
  expect(error.message).not.toContain('\n');
  return `${error.name}: ${error.message}`;
};

const openFault = (path: string) => faultOf(openStore(`sqlite:${path}`, { waitMs: 10 }));

/** Another connection: locks are per connection, so it acts like another process. */
const otherConnection = (path: string): DatabaseSync => {
  const other = new DatabaseSync(path, { timeout: 10 });
  onTestFinished(() => other.close());
  return other;
};

const makeDatabase = async (rows = 1): Promise<string> => {
  const path = databasePath();
  const store = await openStore(`sqlite:${path}`);
  await addSplits(store.db, ...Array.from({ length: rows }, (_, n) => `2024-06-10 ${n}`));
  await store.close();
  return path;
};

describe('a file that cannot be used is named, and left unchanged', () => {
  const expectUntouched = async (path: string, fault: string) => {
    const before = readFileSync(path);
    expect(await openFault(path)).toBe(`StoreError: the database ${path} ${fault}`);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['slidewatch.db']);
  };

  test('a text file', async () => {
    const path = databasePath();
    writeFileSync(path, 'date,close\n2024-01-02,1\n'.repeat(400));
    await expectUntouched(path, 'is not a SQLite database; point DATABASE_URL at another file, or move this one aside');
  });

  test.each([1_000, 4_096, 8_192])('a database of which only %i bytes are left', async (bytes) => {
    const path = await makeDatabase(500);
    truncateSync(path, bytes);
    await expectUntouched(path, 'is damaged; move it aside and restore a backup, or start with a new database');
  });

  test("another program's database", async () => {
    const path = databasePath();
    const foreign = new DatabaseSync(path);
    foreign.exec(STATEMENTS.foreignTable);
    foreign.close();
    await expectUntouched(path, 'was not created by Slidewatch; point DATABASE_URL at another file');
  });

  test('a database of a later version', async () => {
    const path = await makeDatabase();
    const later = new DatabaseSync(path);
    later.exec(STATEMENTS.laterMigration);
    later.exec('pragma wal_checkpoint(truncate)');
    later.close();
    await expectUntouched(
      path,
      'was created by a newer version of Slidewatch; update Slidewatch or restore an older backup',
    );
  });
});

describe('a path that cannot be used', () => {
  test('a folder', async () => {
    const path = dirname(databasePath());
    expect(await openFault(path)).toBe(
      `StoreError: the database ${path} cannot be opened; check that its folder exists and is writable`,
    );
  });

  test('a folder that cannot be made', async () => {
    const file = databasePath();
    writeFileSync(file, '');
    expect(await openFault(join(file, 'below/slidewatch.db'))).toMatch(
      /^StoreError: the database .* cannot be opened \(ENOTDIR: .*\); check the path in DATABASE_URL$/,
    );
  });

  test.each([
    ['sqlite:', 'sqlite:'],
    ['mysql://someone:secret@host/db', 'mysql:'],
  ])('%s', async (url, scheme) => {
    expect(await faultOf(openStore(url))).toBe(`StoreError: DATABASE_URL: ${DATABASE_URL_FORM}; got "${scheme}..."`);
  });
});

describe('a lock that another process holds', () => {
  const locked = (path: string) =>
    `StoreError: the database ${path} is locked by another process; stop the other Slidewatch or wait for the backup to finish`;

  test('fails opening, which works once it is released', async () => {
    const path = await makeDatabase();
    const other = otherConnection(path);
    other.exec('begin exclusive');
    expect(await openFault(path)).toBe(locked(path));
    other.exec('rollback');
    expect(await sessions(await openTestStore(`sqlite:${path}`))).toHaveLength(1);
  });

  test('fails a transaction before it does anything', async () => {
    const path = await makeDatabase();
    const store = await openTestStore(`sqlite:${path}`, { waitMs: 10 });
    const other = otherConnection(path);
    other.exec('begin exclusive');
    let reached = false;
    const work = store.transaction(async (trx) => {
      reached = true;
      await addSplits(trx, '2024-06-11');
    });
    expect(await faultOf(work)).toBe(locked(path));
    expect(reached).toBe(false);
    other.exec('rollback');
    await store.transaction((trx) => addSplits(trx, '2024-06-12'));
    expect(await sessions(store)).toEqual(['2024-06-10 0', '2024-06-12']);
  });

  test('is taken when a transaction begins, so that nobody else writes between its reads and its writes', async () => {
    const path = await makeDatabase();
    const store = await openTestStore(`sqlite:${path}`);
    const other = otherConnection(path);
    await store.transaction(async (trx) => {
      const before = await sessions({ db: trx });
      expect(() => other.exec(STATEMENTS.deleteSplits)).toThrow('database is locked');
      await addSplits(trx, `after ${before.length}`);
    });
    expect(await sessions(store)).toEqual(['2024-06-10 0', 'after 1']);
  });
});

test('a full disk fails the whole transaction, in one line, and the store works again when there is space', async () => {
  const path = await makeDatabase();
  const store = await openTestStore(`sqlite:${path}`);
  const limit = async (pages: number): Promise<void> => {
    await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(store.db);
  };
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
  const many = Array.from({ length: 2_000 }, (_, n) => `2024-07-${n}`);
  await limit((rows[0]?.page_count ?? 0) + 1);
  const work = store.transaction((trx) => addSplits(trx, ...many));
  expect(await faultOf(work)).toBe(
    `StoreError: the database ${path} could not be written: the disk is full; free up space and restart`,
  );
  expect(await sessions(store)).toEqual(['2024-06-10 0']);
  await limit(100_000);
  await store.transaction((trx) => addSplits(trx, ...many));
  expect(await sessions(store)).toHaveLength(2_001);
});

test('a transaction that SQLite has rolled back fails with the first error', async () => {
  const store = await openTestStore('sqlite::memory:');
  const work = store.transaction(async (trx) => {
    await sql`rollback`.execute(trx);
    throw new Error('the disk is full');
  });
  expect(await faultOf(work)).toBe('Error: the disk is full');
});

test('a read-only database is reported in one line', async () => {
  const store = await openTestStore('sqlite::memory:');
  await sql`pragma query_only = on`.execute(store.db);
  const work = store.transaction((trx) => addSplits(trx, '2024-06-10'));
  expect(await faultOf(work)).toBe(
    'StoreError: the database :memory: is not writable; give the user running Slidewatch write permission on the file and its folder',
  );
});

test('a failed migration leaves nothing behind', async () => {
  const path = databasePath();
  mkdirSync(dirname(path), { recursive: true });
  const before = new DatabaseSync(path);
  for (const statement of STATEMENTS.halfMigrated) before.exec(statement);
  before.close();
  expect(await openFault(path)).toContain('table "channels" already exists');
  const after = otherConnection(path);
  const tables = after.prepare(`select name from sqlite_master where type = 'table' order by name`).all();
  expect(tables.map(({ name }) => name)).toEqual(HALF_MIGRATED);
});
