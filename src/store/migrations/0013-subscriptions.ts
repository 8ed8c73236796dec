import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who wants a direct message with each alert of a symbol in a channel, and the messages that are not sent yet. */
export const subscriptions: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('subscriptions')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('channel_id', 'integer', (it) => it.notNull().references('channels.id'))
      .addColumn('platform', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('language', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addColumn('expires_at', 'bigint', (it) => it.notNull())
      .addColumn('alerted_at', 'bigint', (it) => it.notNull())
      .addColumn('refusal', 'text')
      .addColumn('refused_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addUniqueConstraint('subscriptions_once', ['channel_id', 'symbol', 'person'])
      .execute();
    await db.schema.createIndex('subscriptions_person').on('subscriptions').columns(['platform', 'person']).execute();
    await db.schema
      .createTable('personal_pings')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('subscription_id', 'integer', (it) => it.notNull().references('subscriptions.id'))
      .addColumn('delivery_id', 'integer', (it) => it.notNull())
      .addColumn('platform', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addColumn('due_at', 'bigint', (it) => it.notNull())
      .addColumn('expires_at', 'bigint', (it) => it.notNull())
      .addColumn('attempts', 'integer', (it) => it.notNull().defaultTo(0))
      .addColumn('tried_at', 'bigint')
      .addUniqueConstraint('personal_pings_once', ['subscription_id', 'delivery_id'])
      .execute();
    await db.schema.createIndex('personal_pings_due').on('personal_pings').columns(['platform', 'due_at']).execute();
  },
};
