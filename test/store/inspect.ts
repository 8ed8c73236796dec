import { DatabaseSync } from 'node:sqlite';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Schema } from '../../src/store/schema.ts';
import type { Db, Store } from '../../src/store/store.ts';
import type { Story } from '../../src/stories/story.ts';

/**
 * What tests see and change in a database behind the store's back. Tables and columns are named here, and beyond that only
 * in the tests of old databases and in the kill test: a change of the schema changes these files and no others.
 */
type Field<Column> = Column extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Field<Tail>>}` : Column;
type Fields<Row> = { readonly [Column in keyof Row as Field<Column>]: Row[Column] };
/** A row of a table, each column under its name in camel case. */
type Stored<Table extends keyof Schema> = Fields<Selectable<Schema[Table]>>;
type Change<Table extends keyof Schema> = Partial<Stored<Table>>;

/** Tables by name, for what is done in the same way with each. */
const tables = (db: Db) => db as unknown as Kysely<Record<string, Record<string, unknown>>>;

const toFields = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replace(/_[a-z]/g, ([, letter = '']) => letter.toUpperCase()),
      value,
    ]),
  );

const toColumns = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

const reader =
  <Table extends keyof Schema>(table: Table, ...order: readonly string[]) =>
  async (db: Db): Promise<Stored<Table>[]> => {
    let query = tables(db).selectFrom<string>(table).selectAll();
    for (const column of order) query = query.orderBy(column);
    return (await query.execute()).map((row) => toFields(row) as Stored<Table>);
  };

const changer =
  <Table extends keyof Schema>(table: Table) =>
  async (db: Db, change: Change<Table>, where: Change<Table> = {}): Promise<void> => {
    let query = tables(db).updateTable<string>(table).set(toColumns(change));
    for (const [column, value] of Object.entries(toColumns(where))) query = query.where(column, '=', value);
    await query.execute();
  };

export const storedChannels = reader('channels', 'id');
export const storedAlerts = reader('alerts', 'id');
export const storedBars = reader('bars', 'symbol', 'session');
export const storedSplits = reader('splits', 'symbol', 'session');
export const storedFanouts = reader('fanouts', 'id');
export const storedDigestMarks = reader('digest_marks', 'key');
export const storedDigests = reader('digests', 'channel_id', 'day');
export const storedMutes = reader('mutes', 'channel_id', 'symbol');
export const storedSubscriptions = reader('subscriptions', 'id');
export const storedPings = reader('personal_pings', 'id');
export const storedEdits = reader('edits', 'batch');
export const storedChannelSymbols = reader('channel_symbols', 'channel_id', 'symbol');

export const changeAlerts = changer('alerts');
export const changeChannels = changer('channels');
export const changeDeliveries = changer('deliveries');
export const changeProposals = changer('proposals');
export const changeMutes = changer('mutes');
export const changeFanouts = changer('fanouts');
export const changeSplits = changer('splits');

/** Adds channels without opening each. */
export const addChannels = async (
  db: Db,
  channels: readonly Fields<
    Pick<Insertable<Schema['channels']>, 'platform' | 'address' | 'language' | 'created_at' | 'settings' | 'status'>
  >[],
): Promise<void> => {
  const rows = channels.map(toColumns);
  for (let from = 0; from < rows.length; from += 1_000)
    await tables(db)
      .insertInto('channels')
      .values(rows.slice(from, from + 1_000))
      .execute();
};

/** A delivery with its channel and its story. */
export interface StoredDelivery extends Stored<'deliveries'> {
  readonly address: string;
  /** Of the channel. */
  readonly status: Stored<'channels'>['status'];
  readonly statusReason: string | null;
  readonly kind: Story['kind'];
  readonly symbol: string;
  /** The story as JSON. */
  readonly body: string;
}

/** All deliveries, oldest first. */
export const storedDeliveries = async (db: Db): Promise<StoredDelivery[]> => {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .selectAll('d')
    .select(['c.address', 'c.status', 'c.status_reason', 's.kind', 's.symbol', 's.body'])
    .orderBy('d.id')
    .execute();
  return rows.map((row) => toFields(row) as StoredDelivery);
};

/** Gives a new database its id, which is random otherwise. */
export const setInstance = async (db: Db, value: string): Promise<void> => {
  await db.insertInto('meta').values({ name: 'instance', value }).execute();
};

/**
 * When the first delivery, direct message or edit is due, or a lease, quiet hours or a mute are over; undefined for none. Epoch
 * milliseconds.
 */
export const nextDueAt = async (db: Db): Promise<number | undefined> => {
  const { rows } = await sql<{ at: number | null }>`select min(at) as at from (
    select min(case state when 'leased' then leased_until when 'quiet' then held_until else due_at end) as at from deliveries
      where state in ('pending', 'leased', 'quiet', 'unsure')
    union all select min(due_at) from personal_pings
    union all select min(due_at) from edits where platform <> 'board'
    union all select min(until) from mutes) as due`.execute(db);
  return rows[0]?.at ?? undefined;
};

/** All stories, or those of one kind, oldest first. */
export const storedStories = async <T extends Story = Story>(db: Db, kind?: T['kind']): Promise<T[]> => {
  const rows = await db.selectFrom('stories').select(['kind', 'body']).orderBy('id').execute();
  return rows.filter((row) => kind === undefined || row.kind === kind).map(({ body }) => JSON.parse(body) as T);
};

/** Adds a story that has nothing but its kind. */
export const addBareStory = async (db: Db, kind: Story['kind'], now: number): Promise<number> => {
  const { id } = await db
    .insertInto('stories')
    .values({ kind, symbol: kind, body: JSON.stringify({ kind, symbol: kind }), created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Makes every delivery unconfirmed, those of one channel a card. */
export const holdAllUnconfirmed = async (db: Db, heldUntil: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set((row) => ({ state: 'unsure' as const, batch: row.ref('channel_id'), held_until: heldUntil }))
    .execute();
};

/** The ids of up to `count` pending deliveries, as part of another query. */
export const somePending = (db: Db, count: number) =>
  db.selectFrom('deliveries').select('id').where('state', '=', 'pending').limit(count);

const COUNTED = [
  'bars',
  'stories',
  'deliveries',
  'digests',
  'mutes',
  'fanouts',
  'channels',
  'channel_symbols',
] as const;

/** How many rows are stored of channels and their people. */
export const countOfChannels = async (db: Db): Promise<number> => {
  const counts = await Promise.all(
    (['channels', 'channel_symbols', 'mutes', 'digests', 'deliveries'] as const).map((what) => countStored(db, what)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

/** How many there are of what grows. */
export const countStored = async (db: Db, what: (typeof COUNTED)[number]): Promise<number> => {
  const { rows } = await db
    .selectFrom(what)
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return rows;
};

// Tests of the store itself write splits: the smallest rows, which refer to no others.

const split = (session: string) => ({ symbol: 'NVDA', session, numerator: 10, denominator: 1 });

/** Adds a split of each session; a session identifies it. */
export const addSplits = async (db: Db, ...sessions: readonly string[]): Promise<void> => {
  await db.insertInto('splits').values(sessions.map(split)).execute();
};

/** The sessions of all splits, as the database sorts them. */
export const sessions = async ({ db }: Pick<Store, 'db'>): Promise<string[]> => {
  const rows = await db.selectFrom('splits').select('session').orderBy('session').execute();
  return rows.map(({ session }) => session);
};

/** The same, as another program reads it from the file of a SQLite database. */
export const sessionsInFile = (path: string): unknown[] => {
  const file = new DatabaseSync(path);
  try {
    return file
      .prepare('select session from splits order by session')
      .all()
      .map(({ session }) => session);
  } finally {
    file.close();
  }
};

/** What the database makes of the numbers of all splits. */
export const splitNumbers = (db: Db) =>
  db
    .selectFrom('splits')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.sum<number>('denominator').as('sum'),
      fn.max('numerator').as('max'),
    ])
    .executeTakeFirstOrThrow();

/** Writes any value into a column for text. */
export const writeText = (db: Db, value: unknown) => sql`update splits set session = ${value}`.execute(db);

/** Which migrations have been made, and when. */
export const migrationsMade = async (db: Db): Promise<unknown[]> =>
  (await sql`select * from kysely_migration`.execute(db)).rows;

/** Statements for another connection. */
export const STATEMENTS = {
  deleteSplits: 'delete from splits',
  addColumn: 'alter table splits add column note text',
  /** What another program has under a name of ours. */
  foreignTable: 'create table bars (drinks text)',
  laterMigration: `insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`,
  /** The first migration fails halfway through, at a table that exists already. */
  halfMigrated: [
    'create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)',
    'create table channels (mine text)',
  ],
} as const;

/** The tables of a database after `halfMigrated`. */
export const HALF_MIGRATED = ['channels', 'kysely_migration', 'kysely_migration_lock'];
/** The tables of a database after `foreignTable`. */
export const FOREIGN = ['bars'];
/** Some of the tables of every database. */
export const TABLES = ['alerts', 'bars', 'channels', 'deliveries', 'last_quotes', 'slide_states', 'splits', 'stories'];

/** The first page, from 1, of each table and index of a SQLite file, by name, and the bytes of a page. */
export const rootPages = (path: string): { readonly roots: ReadonlyMap<string, number>; readonly pageSize: number } => {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare('select name, rootpage from sqlite_master where rootpage > 0').all();
  const size = database.prepare('pragma page_size').get();
  database.close();
  return {
    roots: new Map(rows.map(({ name, rootpage }) => [String(name), Number(rootpage)])),
    pageSize: Number(size?.page_size),
  };
};

/** A table that a bot reads when it starts, and an index by which it does. */
export const READ_AT_START = ['filed_facts', 'sqlite_autoindex_meta_1'] as const;

const movable = { kind: 'test', symbol: '*', body: '{"text":"세 \\u0000 \\"q\\""}', created_at: 1 };

/** Adds stories of that many bytes and more; returns their ids. */
export const addMovableStories = async (db: Db, count: number, body = movable.body): Promise<number[]> => {
  const ids: number[] = [];
  for (let left = count; left > 0; left -= 1_000) {
    const rows = Array.from({ length: Math.min(left, 1_000) }, () => ({ ...movable, body }));
    for (const { id } of await db.insertInto('stories').values(rows).returning('id').execute()) ids.push(id);
  }
  return ids;
};

export const deleteStories = async (db: Db, from = 0): Promise<void> => {
  await db.deleteFrom('stories').where('id', '>=', from).execute();
};

/** Two channels, a delivery whose time is 2^53 - 1, and two bars. */
export const addMovableRows = async (db: Db): Promise<void> => {
  for (const address of ['1', '2'])
    await db.insertInto('channels').values({ platform: 'discord', address, language: 'ko', created_at: 1 }).execute();
  await addMovableDelivery(db, 7);
  for (const session of ['2024-08-02', '2024-08-05'])
    await db
      .insertInto('bars')
      .values({ symbol: 'NVDA', session, open: 1, high: 2, low: 1, close: 104_250_000, volume: 552_842_400 })
      .execute();
};

/** Returns its id. */
export const addMovableDelivery = async (db: Db, storyId: number): Promise<number> => {
  const { id } = await db
    .insertInto('deliveries')
    .values({
      ...{ story_id: storyId, channel_id: 2, state: 'pending', attempts: 3, maybe_posted: 1, due_at: 5 },
      ...{ expires_at: Number.MAX_SAFE_INTEGER, created_at: 1, platform: 'discord' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Number of rows of every table that has some. */
export const countAll = async (db: Db): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { name } of await (db as Store['db']).introspection.getTables()) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db);
    if (Number(rows[0]?.count) > 0) counts[name] = Number(rows[0]?.count);
  }
  return counts;
};

/** All tables of the database. */
export const tableNames = async (db: Store['db']): Promise<string[]> =>
  (await db.introspection.getTables()).map(({ name }) => name).sort();

/** Takes back that the database was moved. */
export const unmarkMoved = async (db: Db): Promise<void> => {
  await db.deleteFrom('meta').where('name', '=', 'moved').execute();
};
