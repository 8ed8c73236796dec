import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Parts of a card that a channel refuses, such as pictures. */
export const channelLacks: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('channels').addColumn('lacks', 'text').execute();
  },
};
