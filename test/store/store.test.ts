import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { root } from '../../src/util/read-config.ts';
import { databasePath, openTestStore, sessions, split } from './temporary.ts';

describe('opening', () => {
  test('makes the folder, the file and its tables', async () => {
    const path = join(dirname(databasePath()), 'data/deeper/slidewatch.db');
    const { db } = await openTestStore(path);
    expect(existsSync(path)).toBe(true);
    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'alerts',
        'bars',
        'channels',
        'deliveries',
        'last_quotes',
        'slide_states',
        'splits',
        'stories',
      ]),
    );
  });

  test('a second time changes nothing and keeps what was written', async () => {
    const path = databasePath();
    const shape = async () => {
      const store = await openStore(`sqlite:${path}`);
      await store.db
        .insertInto('splits')
        .values(split(`opened ${(await sessions(store)).length}`))
        .execute();
      const { rows } = await sql<{ sql: string }>`select sql from sqlite_master order by name`.execute(store.db);
      const migrated = await sql<{ timestamp: string }>`select * from kysely_migration`.execute(store.db);
      const result = { rows, migrated: migrated.rows, sessions: await sessions(store) };
      await store.close();
      return result;
    };
    const first = await shape();
    const second = await shape();
    expect(second).toEqual({ ...first, sessions: ['opened 0', 'opened 1'] });
  });

  test('in memory makes a separate database each time', async () => {
    const [one, other] = await Promise.all([openTestStore(), openTestStore()]);
    await one.db.insertInto('splits').values(split('2024-06-10')).execute();
    expect(await sessions(other)).toEqual([]);
  });

  test('leaves nothing but the database behind when it is closed', async () => {
    const path = databasePath();
    const store = await openStore(`sqlite:${path}`);
    await store.db.insertInto('splits').values(split('2024-06-10')).execute();
    await store.close();
    expect(readdirSync(dirname(path))).toEqual(['slidewatch.db']);
  });

  test('two processes at once on a new file both succeed', async () => {
    const path = databasePath();
    const program = `
      const { openStore } = await import(${JSON.stringify(join(root, 'src/store/store.ts'))});
      const store = await openStore(${JSON.stringify(`sqlite:${path}`)});
      await store.db.insertInto('splits').values(${JSON.stringify(split('of '))}).execute();
      await store.close();`;
    const outcomes = await Promise.all(
      [1, 2].map(async (n) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', program.replace('of ', `of ${n}`)]);
        const [code] = await once(child, 'close');
        return code;
      }),
    );
    expect(outcomes).toEqual([0, 0]);
    expect(await sessions(await openTestStore(path))).toEqual(['of 1', 'of 2']);
  });
});

test('every commit is on the disk before it returns, and references are checked', async () => {
  const { db } = await openTestStore(databasePath());
  const settings = await Promise.all(
    ['journal_mode', 'synchronous', 'foreign_keys'].map(async (name) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
      return rows[0]?.[name];
    }),
  );
  const FULL = 2;
  expect(settings).toEqual(['wal', FULL, 1]);
});

test('an alert without its story is refused', async () => {
  const { db } = await openTestStore();
  const orphan = { story_id: 9, symbol: 'NVDA', kind: 'day', session: '2024-07-30', body: '{}', created_at: 0 };
  await expect(db.insertInto('alerts').values(orphan).execute()).rejects.toThrow('FOREIGN KEY constraint failed');
});

describe('transactions', () => {
  test('another process sees what was written as soon as it is committed', async () => {
    const path = databasePath();
    const store = await openTestStore(path);
    await store.transaction((trx) => trx.insertInto('splits').values(split('2024-06-10')).execute());
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    expect(other.prepare('select session from splits').all()).toEqual([{ session: '2024-06-10' }]);
  });

  test('two do not interleave: the second begins when the first has ended', async () => {
    const store = await openTestStore();
    const order: string[] = [];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const work = (name: string, pause: Promise<void>) =>
      store.transaction(async (trx) => {
        order.push(`${name} begins`);
        begin();
        await trx
          .insertInto('splits')
          .values(split(`${name} 1`))
          .execute();
        await pause;
        await trx
          .insertInto('splits')
          .values(split(`${name} 2`))
          .execute();
        order.push(`${name} ends`);
      });
    const first = work('a', held);
    await begun;
    const second = work('b', Promise.resolve());
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(await sessions(store)).toEqual(['a 1', 'a 2', 'b 1', 'b 2']);
  });

  test('a query during a transaction waits for it, and sees all of it', async () => {
    const store = await openTestStore();
    let seen: Promise<string[]> | undefined;
    await store.transaction(async (trx) => {
      await trx.insertInto('splits').values(split('1')).execute();
      seen = sessions(store);
      await trx.insertInto('splits').values(split('2')).execute();
    });
    expect(await seen).toEqual(['1', '2']);
  });

  test('a failure leaves nothing behind, and the next transaction works', async () => {
    const store = await openTestStore();
    const failing = store.transaction(async (trx) => {
      await trx.insertInto('splits').values(split('lost')).execute();
      throw new RangeError('the work went wrong');
    });
    await expect(failing).rejects.toThrow(new RangeError('the work went wrong'));
    await store.transaction((trx) => trx.insertInto('splits').values(split('kept')).execute());
    expect(await sessions(store)).toEqual(['kept']);
  });

  test('a duplicate row fails the whole transaction', async () => {
    const store = await openTestStore();
    const twice = store.transaction(async (trx) => {
      await trx.insertInto('splits').values(split('1')).execute();
      await trx.insertInto('splits').values(split('1')).execute();
    });
    await expect(twice).rejects.toThrow('UNIQUE constraint failed');
    expect(await sessions(store)).toEqual([]);
  });
});
