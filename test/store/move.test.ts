import { describe, expect, test } from 'vitest';
import { instanceOf } from '../../src/store/meta.ts';
import { movedTo, moveStore, type NamedStore, refuseMoved } from '../../src/store/move.ts';
import type { Store } from '../../src/store/store.ts';
import { TABLES } from '../../src/store/tables.ts';
import {
  addMovableDelivery,
  addMovableRows,
  addMovableStories,
  countAll,
  deleteStories,
  storedDeliveries,
  storedStories,
  tableNames,
  unmarkMoved,
} from './inspect.ts';
import { databasePath, newDatabase, openTestStore } from './temporary.ts';

const NOW = Date.UTC(2024, 7, 5, 20);

const named = async (name: string, url?: string): Promise<NamedStore> => ({
  name,
  store: await openTestStore(url ?? (await newDatabase())),
});

/** A store of SQLite, whichever database the tests run on. */
const onSqlite = (name: string): Promise<NamedStore> => named(name, `sqlite:${databasePath()}`);

/** Three pages of stories, of which the last is deleted again; two channels, a delivery and two bars. */
const fill = async ({ db }: Store): Promise<void> => {
  await instanceOf(db);
  const ids = await addMovableStories(db, 1_200);
  await deleteStories(db, ids.at(-1));
  await addMovableRows(db);
};

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'moved',
    (fault: Error) => `${fault.name}: ${fault.message}`,
  );

describe('a moved database', () => {
  test('has every row, and gives no id again that the old one has given', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await fill(from.store);
    const { tables, wasThere } = await moveStore(from, to, { now: NOW });
    expect(wasThere).toBe(false);
    expect(Object.fromEntries(tables.flatMap(({ table, rows }) => (rows > 0 ? [[table, rows]] : [])))).toEqual({
      ...{ meta: 1, bars: 2, stories: 1_199, channels: 2, deliveries: 1 },
    });
    expect((await storedStories(to.store.db)).length).toBe(1_199);
    expect(await storedDeliveries(to.store.db)).toMatchObject([
      { id: 1, attempts: 3, expiresAt: Number.MAX_SAFE_INTEGER },
    ]);
    expect(await instanceOf(to.store.db)).toBe(await instanceOf(from.store.db));
    expect(await addMovableStories(to.store.db, 1)).toEqual([1_201]);
    expect(await addMovableDelivery(to.store.db, 8)).toBe(2);
  });

  test('moves there and back without a difference', async () => {
    const [from, to, back] = [await onSqlite('old'), await named('new'), await onSqlite('back')];
    await fill(from.store);
    const there = await moveStore(from, to, { now: NOW });
    const again = await moveStore(to, back, { now: NOW });
    expect(again.tables).toEqual(there.tables);
    expect(await back.store.sequences.read(back.store.db)).toEqual(await from.store.sequences.read(from.store.db));
  });

  test('retires the old one, which no bot starts with', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await moveStore(from, to, { now: NOW });
    expect(await refusal(refuseMoved(from))).toBe(
      'StoreError: the database old was moved to new on 2024-08-05; set DATABASE_URL to that one',
    );
    expect(await refusal(refuseMoved(to))).toBe('moved');
  });
});

describe('what is refused, and changes nothing:', () => {
  test('a database that has rows', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await fill(from.store);
    await addMovableStories(to.store.db, 1);
    expect(await refusal(moveStore(from, to, { now: NOW }))).toBe(
      'StoreError: the database new is not empty (stories); name an empty one',
    );
    expect(await movedTo(from.store.db)).toBeUndefined();
    expect(await countAll(to.store.db)).toEqual({ stories: 1 });
  });

  test('one that was moved before, unless it is told to; the refused second move keeps the mark', async () => {
    const [from, to, other] = [await onSqlite('old'), await named('new'), await onSqlite('other')];
    await fill(from.store);
    await moveStore(from, to, { now: NOW });
    expect(await refusal(moveStore(from, other, { now: NOW }))).toBe(
      'StoreError: the database old was moved to new on 2024-08-05; to move it once more all the same, add --again',
    );
    await addMovableStories(other.store.db, 1);
    await refusal(moveStore(from, other, { now: NOW, again: true }));
    expect(await movedTo(from.store.db)).toEqual({ to: 'new', at: NOW });
    await deleteStories(other.store.db);
    expect(await refusal(moveStore(from, other, { now: NOW, again: true }))).toBe('moved');
    expect(await movedTo(from.store.db)).toEqual({ to: 'other', at: NOW });
    expect(await refusal(refuseMoved(other))).toBe('moved');
  });
});

describe('a move that breaks', () => {
  test('leaves the new database empty, and can be run again', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await fill(from.store);
    const broken: NamedStore = {
      name: 'new',
      store: {
        ...to.store,
        sequences: {
          ...to.store.sequences,
          write: async () => {
            throw new Error('killed');
          },
        },
      },
    };
    await expect(moveStore(from, broken, { now: NOW })).rejects.toThrow('killed');
    expect(await countAll(to.store.db)).toEqual({});
    expect(await movedTo(from.store.db)).toBeUndefined();
    expect((await moveStore(from, to, { now: NOW })).wasThere).toBe(false);
  });

  test('after the copy is completed by the next one, which compares all rows', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await fill(from.store);
    await moveStore(from, to, { now: NOW });
    await unmarkMoved(from.store.db);
    expect((await moveStore(from, to, { now: NOW })).wasThere).toBe(true);
    expect(await movedTo(from.store.db)).toEqual({ to: 'new', at: NOW });
  });

  test('by a row that comes out otherwise moves nothing', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await fill(from.store);
    const lying: NamedStore = {
      name: 'new',
      store: {
        ...to.store,
        transaction: (work) =>
          to.store.transaction((db) =>
            work(
              db.withPlugin({
                transformQuery: ({ node }) => node,
                transformResult: async ({ result }) => ({
                  ...result,
                  rows: result.rows.map((row) => ('close' in row ? { ...row, close: 1 } : row)),
                }),
              }) as typeof db,
            ),
          ),
      },
    };
    expect(await refusal(moveStore(from, lying, { now: NOW }))).toBe(
      'StoreError: the table bars came out otherwise in new than it is in old (2 of 2 rows); nothing was moved',
    );
    expect(await countAll(to.store.db)).toEqual({});
  });
});

test('every table of the schema is moved', async () => {
  const { store } = await onSqlite('old');
  expect([...TABLES].sort()).toEqual(await tableNames(store.db));
});
