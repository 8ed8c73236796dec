import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Alerts that turned out to be false. */
export const withdrawnAlerts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('alerts').addColumn('withdrawn_at', 'bigint').execute();
  },
};
