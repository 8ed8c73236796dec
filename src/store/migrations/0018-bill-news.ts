import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What has been told of the bill, each once; and whether accepted guidance is still to be looked at. */
export const billNews: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('bill_news')
      .addColumn('key', 'text', (it) => it.primaryKey())
      .addColumn('told_at', 'bigint', (it) => it.notNull())
      .execute();
    // What was accepted before is no news.
    await db.schema
      .alterTable('proposals')
      .addColumn('is_news', 'integer', (it) => it.notNull().defaultTo(0))
      .execute();
  },
};
