import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Bars whose close is only what quotes have said. */
export const barOrigin: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('bars').addColumn('origin', 'text').execute();
  },
};
