import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Before {
  channels: {
    id: number;
    retired: string | null;
    settings: string | null;
    status: string;
    status_reason: string | null;
  };
  channel_symbols: { channel_id: number; symbol: string };
}

/** What `retired` said, and from which character on it gives the reason: null = in use. */
const GREETED = 'greeted; nobody has made it a destination yet';
const AWAY = 'away: ';
const AWAY_WITH_WORKSPACE = 'away with all: ';

const startsWith = (prefix: string) => sql<boolean>`substr(retired, 1, ${sql.lit(prefix.length)}) = ${sql.lit(prefix)}`;
const after = (prefix: string) => sql<string>`substr(retired, ${sql.lit(prefix.length + 1)})`;

const status = sql<string>`case
  when retired is null then 'in-use'
  when retired = ${sql.lit(GREETED)} then 'greeted'
  when ${startsWith(AWAY_WITH_WORKSPACE)} then 'away-with-workspace'
  when ${startsWith(AWAY)} then 'away'
  else 'retired' end`;
const reason = sql<string | null>`case
  when retired = ${sql.lit(GREETED)} then null
  when ${startsWith(AWAY_WITH_WORKSPACE)} then ${after(AWAY_WITH_WORKSPACE)}
  when ${startsWith(AWAY)} then ${after(AWAY)}
  else retired end`;

/** The symbols that settings add to the watchlist; none of settings that cannot be read. */
const addedSymbols = (settings: string): string[] => {
  try {
    const { also } = JSON.parse(settings) as { also?: unknown };
    return Array.isArray(also) ? [...new Set(also.filter((it): it is string => typeof it === 'string'))] : [];
  } catch {
    return [];
  }
};

const CHANNELS_PER_PAGE = 1_000;
const SYMBOLS_PER_INSERT = 500;

const fillSymbols = async (db: Kysely<Before>): Promise<void> => {
  for (let lastId = 0; ; ) {
    const rows = await db
      .selectFrom('channels')
      .select(['id', 'settings'])
      .where('id', '>', lastId)
      .where('settings', 'is not', null)
      .orderBy('id')
      .limit(CHANNELS_PER_PAGE)
      .execute();
    const symbols = rows.flatMap(({ id, settings }) =>
      addedSymbols(settings ?? '').map((symbol) => ({ channel_id: id, symbol })),
    );
    for (let from = 0; from < symbols.length; from += SYMBOLS_PER_INSERT)
      await db
        .insertInto('channel_symbols')
        .values(symbols.slice(from, from + SYMBOLS_PER_INSERT))
        .execute();
    const last = rows.at(-1);
    if (!last) return;
    lastId = last.id;
  }
};

/** The status of a channel and the symbols that it adds, which were sentences and parts of its settings. */
export const channelStates: Migration = {
  up: async (db: Kysely<Before>) => {
    await db.schema
      .alterTable('channels')
      .addColumn('status', 'text', (it) =>
        it
          .notNull()
          .defaultTo('in-use')
          .check(sql`status in ('in-use', 'greeted', 'away', 'away-with-workspace', 'retired')`),
      )
      .execute();
    await db.schema.alterTable('channels').addColumn('status_reason', 'text').execute();
    await db.updateTable('channels').set({ status, status_reason: reason }).execute();
    await db.schema.alterTable('channels').dropColumn('retired').execute();
    await db.schema
      .createTable('channel_symbols')
      .addColumn('channel_id', 'integer', (it) => it.notNull().references('channels.id'))
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addPrimaryKeyConstraint('channel_symbols_key', ['channel_id', 'symbol'])
      .execute();
    await db.schema.createIndex('channel_symbols_symbol').on('channel_symbols').column('symbol').execute();
    await fillSymbols(db);
  },
};
