import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeAlerts } from '../../src/store/alerts.ts';
import { openStore } from '../../src/store/store.ts';
import { root } from '../../src/util/read-config.ts';
import { addSplits, changeSplits, migrationsMade, sessions, splitNumbers, TABLES } from './inspect.ts';
import { newDatabase, openTestStore } from './temporary.ts';

describe('opening', () => {
  test('makes the tables', async () => {
    const { db } = await openTestStore(await newDatabase({ empty: true }));
    const tables = await db.introspection.getTables();
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(TABLES));
  });

  test('a second time changes nothing and keeps what was written', async () => {
    const url = await newDatabase({ empty: true });
    const shape = async () => {
      const store = await openStore(url);
      await addSplits(store.db, `opened ${(await sessions(store)).length}`);
      const tables = await store.db.introspection.getTables();
      const result = { tables, migrated: await migrationsMade(store.db), sessions: await sessions(store) };
      await store.close();
      return result;
    };
    const first = await shape();
    const second = await shape();
    expect(second).toEqual({ ...first, sessions: ['opened 0', 'opened 1'] });
  });

  test('two processes at once on a new database both succeed', async () => {
    const url = await newDatabase({ empty: true });
    const program = `
      const { openStore } = await import(${JSON.stringify(join(root, 'src/store/store.ts'))});
      const { addSplits } = await import(${JSON.stringify(join(root, 'test/store/inspect.ts'))});
      const store = await openStore(${JSON.stringify(url)});
      await addSplits(store.db, 'of ');
      await store.close();`;
    const outcomes = await Promise.all(
      [1, 2].map(async (n) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', program.replace('of ', `of ${n}`)]);
        const [code] = await once(child, 'close');
        return code;
      }),
    );
    expect(outcomes).toEqual([0, 0]);
    expect(await sessions(await openTestStore(url))).toEqual(['of 1', 'of 2']);
  });
});

test('an alert without its story is refused', async () => {
  const { db } = await openTestStore();
  const orphan = {
    kind: 'day',
    symbol: 'NVDA',
    session: '2024-07-30',
    price: 1,
    level: 700,
    previous: 2,
    worstSince: null,
  } as const;
  await expect(writeAlerts(db, 9, [orphan], 0)).rejects.toThrow(/foreign key constraint/i);
});

test('numbers of every size come back as numbers, also counted, summed and largest', async () => {
  const { db } = await openTestStore();
  const largest = Number.MAX_SAFE_INTEGER;
  await addSplits(db, '2024-06-10');
  await changeSplits(db, { numerator: largest });
  expect(await splitNumbers(db)).toEqual({ count: 1, sum: 1, max: largest });
});

test('text is sorted by its code points', async () => {
  const store = await openTestStore();
  for (const session of ['가', 'é', 'b', 'B', '^', '-', 'a']) await addSplits(store.db, session);
  expect(await sessions(store)).toEqual(['-', 'B', '^', 'a', 'b', 'é', '가']);
});

describe('transactions', () => {
  test('another process sees what was written as soon as it is committed', async () => {
    const url = await newDatabase();
    const [store, other] = [await openTestStore(url), await openTestStore(url)];
    await store.transaction((trx) => addSplits(trx, '2024-06-10'));
    expect(await sessions(other)).toEqual(['2024-06-10']);
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
        await addSplits(trx, `${name} 1`);
        await pause;
        await addSplits(trx, `${name} 2`);
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
      await addSplits(trx, '1');
      seen = sessions(store);
      await addSplits(trx, '2');
    });
    expect(await seen).toEqual(['1', '2']);
  });

  test('a failure leaves nothing behind, and the next transaction works', async () => {
    const store = await openTestStore();
    const failing = store.transaction(async (trx) => {
      await addSplits(trx, 'lost');
      throw new RangeError('the work went wrong');
    });
    await expect(failing).rejects.toThrow(new RangeError('the work went wrong'));
    await store.transaction((trx) => addSplits(trx, 'kept'));
    expect(await sessions(store)).toEqual(['kept']);
  });

  test('a duplicate row fails the whole transaction', async () => {
    const store = await openTestStore();
    const twice = store.transaction(async (trx) => {
      await addSplits(trx, '1');
      await addSplits(trx, '1');
    });
    await expect(twice).rejects.toThrow(/unique constraint/i);
    expect(await sessions(store)).toEqual([]);
  });
});
