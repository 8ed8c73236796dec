import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When a channel gets its next slides. */
export const slideWindows: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('channels')
      .addColumn('shut_until', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('channels').addColumn('slide_window', 'text').execute();
  },
};
