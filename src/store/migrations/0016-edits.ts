import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Posted cards that are written anew, and the pictures that they show. */
export const edits: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('deliveries').addColumn('file_id', 'text').execute();
    await db.schema
      .createTable('edits')
      .addColumn('batch', 'integer', (it) => it.primaryKey())
      .addColumn('platform', 'text', (it) => it.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('expires_at', 'bigint', (it) => it.notNull())
      .addColumn('revision', 'integer', (it) => it.notNull())
      .addColumn('attempts', 'integer', (it) => it.notNull())
      .addColumn('edited', 'integer', (it) => it.notNull())
      .addColumn('edited_at', 'bigint')
      .addColumn('ended', 'text')
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .execute();
    await db.schema.createIndex('edits_due').on('edits').columns(['platform', 'due_at']).execute();
  },
};
