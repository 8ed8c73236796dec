import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The last runs of every job, not only the last one. */
export const jobHistory: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('job_history')
      .addColumn('name', 'text', (it) => it.notNull())
      .addColumn('ran_at', 'bigint', (it) => it.notNull())
      .addColumn('took_ms', 'integer')
      .addColumn('result', 'text')
      .addPrimaryKeyConstraint('job_history_key', ['name', 'ran_at'])
      .execute();
  },
};
