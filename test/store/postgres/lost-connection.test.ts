import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoreOptions } from '../../../src/store/engine.ts';
import { type Db, openStore, type Store } from '../../../src/store/store.ts';
import { StoreError } from '../../../src/store/store-error.ts';
import { addSplits, changeSplits, STATEMENTS, sessions, storedSplits } from '../inspect.ts';
import { openTestStore } from '../temporary.ts';
import { EMPTY, runOn, withDatabase } from './clone-database.ts';
import { startProxy } from './proxy.ts';
import { makeServer, type TestServer } from './test-server.ts';

/** Killed by tests; without PostgreSQL on this machine they are left out. */
const found = makeServer();
const server = found as TestServer;
let databases = 0;

beforeAll(() => found?.start());
afterAll(() => found?.remove());

const newUrl = async (): Promise<string> => {
  databases += 1;
  await runOn(server.url, `create database d${databases} ${EMPTY}`);
  return withDatabase(server.url, `d${databases}`);
};

const write = (db: Db, session: string) => addSplits(db, session);

/** Ends all connections to the store's database, as an administrator does. */
const endConnections = (url: string) =>
  runOn(
    server.url,
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${/\/(d\d+)/.exec(url)?.[1]}'`,
  );

const logged = () => {
  const records: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void records.push(JSON.parse(line)) });
  return { log, said: () => records.map(({ msg }) => msg), records };
};

const open = async (options?: StoreOptions): Promise<{ url: string; store: Store }> => {
  const url = await newUrl();
  return { url, store: await openTestStore(url, options) };
};

describe.runIf(found)('a connection that was ended', () => {
  test('while nobody used it is replaced by the next query, and by the next transaction', async () => {
    const { url, store } = await open();
    await endConnections(url);
    await write(store.db, '1');
    await endConnections(url);
    await store.transaction((trx) => write(trx, '2'));
    expect(await sessions(store)).toEqual(['1', '2']);
  });

  test('during a transaction has that run again, from its beginning', async () => {
    const { url, store } = await open();
    let runs = 0;
    const result = await store.transaction(async (trx) => {
      runs += 1;
      await write(trx, 'first');
      if (runs === 1) await endConnections(url);
      await write(trx, 'second');
      return runs;
    });
    expect(result).toBe(2);
    expect(await sessions(store)).toEqual(['first', 'second']);
  });

  test('again and again fails the transaction in one line, and leaves nothing of it', async () => {
    const { url, store } = await open();
    const failing = store.transaction(async (trx) => {
      await write(trx, 'lost');
      await endConnections(url);
      await write(trx, 'lost, too');
    });
    await expect(failing).rejects.toMatchObject({
      name: 'StoreError',
      away: true,
      message: expect.stringMatching(/^the database d\d+ on \S+ lost its connection$/),
    });
    expect(await sessions(store)).toEqual([]);
  });
});

describe.runIf(found)('a COMMIT without an answer', () => {
  test('that the server has carried out is not done again', async () => {
    const url = await newUrl();
    const proxy = await startProxy(url);
    const store = await openTestStore(proxy.url);
    proxy.fates.push('cut after');
    let runs = 0;
    await store.transaction(async (trx) => {
      runs += 1;
      await write(trx, `run ${runs}`);
    });
    expect(proxy.fates).toEqual([]);
    expect(runs).toBe(1);
    expect(await sessions(store)).toEqual(['run 1']);
  });

  test('that the server has never got is done again', async () => {
    const url = await newUrl();
    const proxy = await startProxy(url);
    const store = await openTestStore(proxy.url);
    proxy.fates.push('cut before', 'cut before');
    let runs = 0;
    await store.transaction(async (trx) => {
      runs += 1;
      await write(trx, `run ${runs}`);
    });
    expect(runs).toBe(3);
    expect(await sessions(store)).toEqual(['run 3']);
  });
});

describe.runIf(found)('a transaction that the server gives up', () => {
  test.each(['40001', '40P01'])('with %s runs again', async (code) => {
    const { store } = await open();
    let runs = 0;
    await store.transaction(async (trx) => {
      runs += 1;
      await write(trx, `run ${runs}`);
      if (runs < 3)
        await sql.raw(`do $$ begin raise exception 'conflict' using errcode = '${code}'; end $$`).execute(trx);
    });
    expect(await sessions(store)).toEqual(['run 3']);
  });

  test('is a single statement: it is sent again', async () => {
    const { url, store } = await open();
    // A sequence counts on when the statement is rolled back.
    await runOn(url, 'create sequence tries');
    await sql`do $$ begin
      if nextval('tries') < 3 then raise exception 'conflict' using errcode = '40001'; end if;
    end $$`.execute(store.db);
    expect(await runOn(url, 'select last_value from tries')).toEqual([{ last_value: '3' }]);
  });

  test('in a deadlock with another process runs again', async () => {
    const { url, store } = await open();
    const other = await openTestStore(url);
    for (const name of ['a', 'b']) await write(store.db, name);
    const touch = (db: Db, session: string) => changeSplits(db, { numerator: 2 }, { session });
    const both = { store: Promise.withResolvers<void>(), other: Promise.withResolvers<void>() };
    const cross = (it: Store, own: 'store' | 'other', first: string, second: string) =>
      it.transaction(async (trx) => {
        await touch(trx, first);
        both[own].resolve();
        await both[own === 'store' ? 'other' : 'store'].promise;
        await touch(trx, second);
      });
    await Promise.all([cross(store, 'store', 'a', 'b'), cross(other, 'other', 'b', 'a')]);
    expect(await sessions(store)).toEqual(['a', 'b']);
  });

  test('for a mistake of ours fails with it, and runs once', async () => {
    const { store } = await open();
    let runs = 0;
    const failing = store.transaction(async (trx) => {
      runs += 1;
      await sql`select nonsense`.execute(trx);
    });
    await expect(failing).rejects.toThrow('column "nonsense" does not exist');
    expect(runs).toBe(1);
  });
});

test.runIf(found)(
  'a table that another process changes does not stop the queries that were prepared for it',
  async () => {
    const { url, store } = await open();
    const all = () => storedSplits(store.db);
    for (let n = 0; n < 3; n += 1) await all();
    await runOn(url, STATEMENTS.addColumn);
    expect(await all()).toEqual([]);
  },
);

describe.runIf(found)('a server that is away', () => {
  test('is said in one line, tried again, and said to be back', async () => {
    const { log, said } = logged();
    const { store } = await open({ log });
    await server.kill();
    const waiting = store.transaction((trx) => write(trx, 'late'));
    await expect.poll(said).toEqual(['database away, trying again']);
    await server.start();
    await waiting;
    expect(said()).toEqual(['database away, trying again', 'database back']);
    expect(await sessions(store)).toEqual(['late']);
  });

  test('for long fails what is asked of it, and does that at once from then on', async () => {
    const { log, said } = logged();
    const { store } = await open({ log, waitMs: 300 });
    await server.kill();
    const fault = await sessions(store).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StoreError);
    expect(fault).toMatchObject({
      away: true,
      message: expect.stringMatching(
        /^the database d\d+ on \S+ cannot be reached \(.*\); check that PostgreSQL is running/,
      ),
    });
    const begin = performance.now();
    const many = await Promise.allSettled(
      Array.from({ length: 200 }, () => store.transaction((trx) => write(trx, 'no'))),
    );
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(performance.now() - begin).toBeLessThan(20_000);
    expect(said()).toEqual(['database away, trying again']);
    await server.start();
    await expect.poll(() => sessions(store).catch(() => 'away')).toEqual([]);
  });

  test('is waited for no longer once the bot stops', async () => {
    const stopping = new AbortController();
    const { store } = await open({ signal: stopping.signal });
    await server.kill();
    const waiting = sessions(store).catch((error: Error) => error.name);
    stopping.abort();
    expect(await waiting).toBe('StoreError');
    await store.close();
    await server.start();
  });

  test('when the store is opened is waited for a little', async () => {
    const url = await newUrl();
    await server.kill();
    const opening = openStore(url);
    await server.start();
    const store = await opening;
    expect(await sessions(store)).toEqual([]);
    await store.close();
  });
});
