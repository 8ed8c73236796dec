import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** That a courier has seen that a delivery is due is called ready, as everywhere else. */
export const readyDeliveries: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('deliveries').renameColumn('ripe', 'is_ready').execute();
    await db.schema.dropIndex('deliveries_ripening').execute();
    await db.schema
      .createIndex('deliveries_times')
      .on('deliveries')
      .columns(['platform', 'state', 'is_ready', 'due_at'])
      .execute();
  },
};
