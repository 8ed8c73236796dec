import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Falls after the bell that were told: one a symbol and evening. */
export const afterHours: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('after_hours')
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('story_id', 'integer', (it) => it.notNull())
      .addColumn('close', 'bigint', (it) => it.notNull())
      .addColumn('price', 'bigint', (it) => it.notNull())
      .addColumn('trade_time', 'bigint', (it) => it.notNull())
      .addColumn('deeper', 'text')
      .addPrimaryKeyConstraint('after_hours_key', ['symbol', 'session'])
      .execute();
  },
};
