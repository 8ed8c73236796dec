import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { instanceOf } from '../../src/store/meta.ts';
import { movedTo, moveStore, type NamedStore, refuseMoved } from '../../src/store/move.ts';
import type { Store } from '../../src/store/store.ts';
import { TABLES } from '../../src/store/tables.ts';
import { databasePath, newDatabase, openTestStore } from './temporary.ts';

const NOW = Date.UTC(2024, 7, 5, 20);

const named = async (name: string, url?: string): Promise<NamedStore> => ({
  name,
  store: await openTestStore(url ?? (await newDatabase())),
});

/** A store of SQLite, whichever database the tests run on. */
const onSqlite = (name: string): Promise<NamedStore> => named(name, `sqlite:${databasePath()}`);

const story = { kind: 'test', symbol: '*', body: '{"text":"세 \\u0000 \\"q\\""}', created_at: 1 };

/** 1,200 stories, more than two pages, of which the last is deleted again; two channels and a delivery. */
const fill = async ({ db }: Store): Promise<void> => {
  await instanceOf(db);
  for (let at = 0; at < 1_200; at += 100)
    await db
      .insertInto('stories')
      .values(Array.from({ length: 100 }, (_, nth) => ({ ...story, created_at: at + nth })))
      .execute();
  await db.deleteFrom('stories').where('created_at', '=', 1_199).execute();
  for (const address of ['1', '2'])
    await db
      .insertInto('channels')
      .values({ platform: 'discord', address, language: 'ko', created_at: 1 } as never)
      .execute();
  await db
    .insertInto('deliveries')
    .values({
      ...{ story_id: 7, channel_id: 2, state: 'pending', batch: null, attempts: 3, maybe_posted: 1, due_at: 5 },
      ...{ expires_at: Number.MAX_SAFE_INTEGER, created_at: 1, platform: 'discord' },
    } as never)
    .execute();
  for (const session of ['2024-08-02', '2024-08-05'])
    await db
      .insertInto('bars')
      .values({ symbol: 'NVDA', session, open: 1, high: 2, low: 1, close: 104_250_000, volume: 552_842_400 } as never)
      .execute();
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
    expect(await to.store.db.selectFrom('stories').selectAll().orderBy('id').execute()).toHaveLength(1_199);
    expect(await to.store.db.selectFrom('deliveries').selectAll().executeTakeFirst()).toMatchObject({
      ...{ story_id: 7, channel_id: 2, attempts: 3, maybe_posted: 1, expires_at: Number.MAX_SAFE_INTEGER },
    });
    expect(await instanceOf(to.store.db)).toBe(await instanceOf(from.store.db));
    const next = await to.store.db.insertInto('stories').values(story).returning('id').executeTakeFirst();
    expect(next?.id).toBe(1_201);
    const delivery = await to.store.db
      .insertInto('deliveries')
      .values({
        ...{ story_id: 8, channel_id: 2, state: 'pending', attempts: 0, maybe_posted: 0, due_at: 5, expires_at: 9 },
        ...{ created_at: 1, platform: 'discord' },
      } as never)
      .returning('id')
      .executeTakeFirst();
    expect(delivery?.id).toBe(2);
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
    for (const { store } of [to]) await store.db.insertInto('stories').values(story).execute();
    expect(await refusal(moveStore(from, to, { now: NOW }))).toBe(
      'StoreError: the database new is not empty (stories); name an empty one',
    );
    expect(await movedTo(from.store.db)).toBeUndefined();
    expect(await to.store.db.selectFrom('channels').selectAll().execute()).toEqual([]);
  });

  test('one that was moved before, unless it is told to; the refused second move keeps the mark', async () => {
    const [from, to, other] = [await onSqlite('old'), await named('new'), await onSqlite('other')];
    await fill(from.store);
    await moveStore(from, to, { now: NOW });
    expect(await refusal(moveStore(from, other, { now: NOW }))).toBe(
      'StoreError: the database old was moved to new on 2024-08-05; to move it once more all the same, add --again',
    );
    await other.store.db.insertInto('stories').values(story).execute();
    await refusal(moveStore(from, other, { now: NOW, again: true }));
    expect(await movedTo(from.store.db)).toEqual({ to: 'new', at: NOW });
    await other.store.db.deleteFrom('stories').execute();
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
    for (const table of TABLES) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(to.store.db);
      expect(rows).toEqual([]);
    }
    expect(await movedTo(from.store.db)).toBeUndefined();
    expect((await moveStore(from, to, { now: NOW })).wasThere).toBe(false);
  });

  test('after the copy is completed by the next one, which compares all rows', async () => {
    const [from, to] = [await onSqlite('old'), await named('new')];
    await fill(from.store);
    await moveStore(from, to, { now: NOW });
    await from.store.db.deleteFrom('meta').where('name', '=', 'moved').execute();
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
    expect(await to.store.db.selectFrom('meta').selectAll().execute()).toEqual([]);
  });
});

test('every table of the schema is moved', async () => {
  const { store } = await onSqlite('old');
  const tables = await store.db.introspection.getTables();
  expect([...TABLES].sort()).toEqual(tables.map(({ name }) => name).sort());
});
