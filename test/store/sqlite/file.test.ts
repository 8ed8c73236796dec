import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/store.ts';
import { addSplits, migrationsMade, sessions, sessionsInFile } from '../inspect.ts';
import { databasePath, openTestStore } from '../temporary.ts';

describe('opening', () => {
  test('makes the folder and the file', async () => {
    const path = join(dirname(databasePath()), 'data/deeper/slidewatch.db');
    await openTestStore(`sqlite:${path}`);
    expect(existsSync(path)).toBe(true);
  });

  test('a second time changes no table and no index', async () => {
    const path = databasePath();
    const shape = async () => {
      const store = await openStore(`sqlite:${path}`);
      await addSplits(store.db, `opened ${(await sessions(store)).length}`);
      const { rows } = await sql<{ sql: string }>`select sql from sqlite_master order by name`.execute(store.db);
      const result = { rows, migrated: await migrationsMade(store.db), sessions: await sessions(store) };
      await store.close();
      return result;
    };
    const first = await shape();
    const second = await shape();
    expect(second).toEqual({ ...first, sessions: ['opened 0', 'opened 1'] });
  });

  test('in memory makes a separate database each time', async () => {
    const [one, other] = await Promise.all([openTestStore('sqlite::memory:'), openTestStore('sqlite::memory:')]);
    await addSplits(one.db, '2024-06-10');
    expect(await sessions(other)).toEqual([]);
  });

  test('leaves nothing but the database behind when it is closed', async () => {
    const path = databasePath();
    const store = await openStore(`sqlite:${path}`);
    await addSplits(store.db, '2024-06-10');
    await store.close();
    expect(readdirSync(dirname(path))).toEqual(['slidewatch.db']);
  });
});

test('every commit is on the disk before it returns, and references are checked', async () => {
  const { db } = await openTestStore(`sqlite:${databasePath()}`);
  const settings = await Promise.all(
    ['journal_mode', 'synchronous', 'foreign_keys'].map(async (name) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
      return rows[0]?.[name];
    }),
  );
  const FULL = 2;
  expect(settings).toEqual(['wal', FULL, 1]);
});

test('another program sees what was written as soon as it is committed', async () => {
  const path = databasePath();
  const store = await openTestStore(`sqlite:${path}`);
  await store.transaction((trx) => addSplits(trx, '2024-06-10'));
  expect(sessionsInFile(path)).toEqual(['2024-06-10']);
});
