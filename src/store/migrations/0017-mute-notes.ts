import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who has muted by name, which mute holds a delivery back, and the posted cards that say so. */
export const muteNotes: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('mutes').addColumn('by_name', 'text').execute();
    await db.schema.alterTable('deliveries').addColumn('muted_by', 'text').execute();
    await db.schema
      .createTable('mute_notes')
      .addColumn('batch', 'integer', (it) => it.notNull())
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('channel_id', 'integer', (it) => it.notNull())
      .addColumn('platform', 'text', (it) => it.notNull())
      .addColumn('by_name', 'text')
      .addColumn('until', 'bigint', (it) => it.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('mute_notes_key', ['batch', 'symbol'])
      .execute();
    await db.schema.createIndex('mute_notes_channel').on('mute_notes').columns(['channel_id', 'symbol']).execute();
  },
};
