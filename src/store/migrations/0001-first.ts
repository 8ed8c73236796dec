import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    const table = (name: string) => db.schema.createTable(name);
    await table('meta')
      .addColumn('name', 'text', (it) => it.primaryKey())
      .addColumn('value', 'text', (it) => it.notNull())
      .execute();
    await table('bars')
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('open', 'bigint', (it) => it.notNull())
      .addColumn('high', 'bigint', (it) => it.notNull())
      .addColumn('low', 'bigint', (it) => it.notNull())
      .addColumn('close', 'bigint', (it) => it.notNull())
      .addColumn('volume', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('bars_key', ['symbol', 'session'])
      .execute();
    await table('splits')
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('numerator', 'integer', (it) => it.notNull())
      .addColumn('denominator', 'integer', (it) => it.notNull())
      .addPrimaryKeyConstraint('splits_key', ['symbol', 'session'])
      .execute();
    await table('slide_states')
      .addColumn('symbol', 'text', (it) => it.primaryKey())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('rules', 'text', (it) => it.notNull())
      .addColumn('updated_at', 'bigint', (it) => it.notNull())
      .execute();
    await table('last_quotes')
      .addColumn('symbol', 'text', (it) => it.primaryKey())
      .addColumn('price', 'bigint', (it) => it.notNull())
      .addColumn('trade_time', 'bigint', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('market_state', 'text', (it) => it.notNull())
      .addColumn('delay_minutes', 'integer', (it) => it.notNull())
      .addColumn('source', 'text', (it) => it.notNull())
      .addColumn('seen_at', 'bigint', (it) => it.notNull())
      .addColumn('after_gap', 'integer', (it) => it.notNull())
      .execute();
    await table('stories')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('kind', 'text', (it) => it.notNull())
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .execute();
    await table('alerts')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('story_id', 'integer', (it) => it.notNull().references('stories.id'))
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('kind', 'text', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .execute();
    await table('channels')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('platform', 'text', (it) => it.notNull())
      .addColumn('address', 'text', (it) => it.notNull())
      .addColumn('language', 'text', (it) => it.notNull())
      .addColumn('retired', 'text')
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addUniqueConstraint('channels_address', ['platform', 'address'])
      .execute();
    await table('deliveries')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('story_id', 'integer', (it) => it.notNull().references('stories.id'))
      .addColumn('channel_id', 'integer', (it) => it.notNull().references('channels.id'))
      .addColumn('state', 'text', (it) => it.notNull())
      .addColumn('batch', 'integer')
      .addColumn('attempts', 'integer', (it) => it.notNull())
      .addColumn('maybe_posted', 'integer', (it) => it.notNull())
      .addColumn('due_at', 'bigint', (it) => it.notNull())
      .addColumn('leased_until', 'bigint')
      .addColumn('expires_at', 'bigint', (it) => it.notNull())
      .addColumn('message_id', 'text')
      .addColumn('reason', 'text')
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addColumn('settled_at', 'bigint')
      .addUniqueConstraint('deliveries_once', ['story_id', 'channel_id'])
      .execute();
    await db.schema.createIndex('deliveries_due').on('deliveries').columns(['state', 'due_at']).execute();
    await db.schema.createIndex('deliveries_order').on('deliveries').columns(['channel_id', 'state', 'id']).execute();
  },
};
