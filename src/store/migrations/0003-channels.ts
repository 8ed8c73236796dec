import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const platformOfDelivery = sql<string>`(select platform from channels where channels.id = deliveries.channel_id)`;

/** Channels with their own settings, and the tables that depend on them. */
export const channels: Migration = {
  up: async (db: Kysely<{ deliveries: { platform: string } }>) => {
    const table = (name: string) => db.schema.createTable(name);
    const alter = (name: string) => db.schema.alterTable(name);
    await alter('channels').dropColumn('kinds').execute();
    await alter('channels').addColumn('workspace', 'text').execute();
    await alter('channels')
      .addColumn('origin', 'text', (it) => it.notNull().defaultTo('env'))
      .execute();
    await alter('channels').addColumn('made_by', 'text').execute();
    await alter('channels').addColumn('settings', 'text').execute();
    await alter('channels').addColumn('paused', 'text').execute();
    await alter('channels').addColumn('paused_at', 'bigint').execute();
    await alter('channels')
      .addColumn('person_told', 'integer', (it) => it.notNull().defaultTo(0))
      .execute();
    await alter('deliveries')
      .addColumn('priority', 'integer', (it) => it.notNull().defaultTo(0))
      .execute();
    await alter('deliveries').addColumn('held_until', 'bigint').execute();
    await db.schema
      .createIndex('deliveries_held')
      .on('deliveries')
      .column('held_until')
      .where('held_until', 'is not', null)
      .execute();
    await alter('deliveries')
      .addColumn('platform', 'text', (it) => it.notNull().defaultTo(''))
      .execute();
    await alter('deliveries')
      .addColumn('ripe', 'integer', (it) => it.notNull().defaultTo(0))
      .execute();
    await alter('deliveries').addColumn('doubt_since', 'bigint').execute();
    await db.updateTable('deliveries').set({ platform: platformOfDelivery }).execute();
    await db.schema.dropIndex('deliveries_due').execute();
    await db.schema.dropIndex('deliveries_order').execute();
    const index = (name: string, columns: readonly string[]) =>
      db.schema
        .createIndex(`deliveries_${name}`)
        .on('deliveries')
        .columns([...columns])
        .execute();
    await index('ripening', ['platform', 'state', 'ripe', 'due_at']);
    await index('queue', ['platform', 'state', 'ripe', 'priority', 'id']);
    await index('channel', ['channel_id', 'state', 'priority', 'id']);
    await index('life', ['state', 'expires_at']);
    await alter('channels').addColumn('try_at', 'bigint').execute();
    await db.schema.createIndex('channels_paused').on('channels').columns(['platform', 'paused_at']).execute();
    await db.schema.createIndex('channels_workspace').on('channels').columns(['platform', 'workspace']).execute();
    await table('fanouts')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('plan', 'text', (it) => it.notNull())
      .addColumn('cursor', 'integer', (it) => it.notNull())
      .addColumn('upto', 'integer', (it) => it.notNull())
      .addColumn('due_at', 'bigint', (it) => it.notNull())
      .addColumn('expires_at', 'bigint', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addColumn('done_at', 'bigint')
      .execute();
    await db.schema.createIndex('fanouts_open').on('fanouts').columns(['done_at', 'id']).execute();
    await table('mutes')
      .addColumn('channel_id', 'integer', (it) => it.notNull().references('channels.id'))
      .addColumn('symbol', 'text', (it) => it.notNull())
      .addColumn('until', 'bigint', (it) => it.notNull())
      .addColumn('held', 'integer', (it) => it.notNull())
      .addColumn('made_by', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('mutes_key', ['channel_id', 'symbol'])
      .execute();
    await table('custom_symbols')
      .addColumn('symbol', 'text', (it) => it.primaryKey())
      .addColumn('name', 'text', (it) => it.notNull())
      .addColumn('kind', 'text', (it) => it.notNull())
      .addColumn('source', 'text', (it) => it.notNull())
      .addColumn('ticker', 'text', (it) => it.notNull())
      .addColumn('added_at', 'bigint', (it) => it.notNull())
      .execute();
    await table('quote_memories')
      .addColumn('symbol', 'text', (it) => it.primaryKey())
      .addColumn('body', 'text', (it) => it.notNull())
      .execute();
    await table('digests')
      .addColumn('channel_id', 'integer', (it) => it.notNull().references('channels.id'))
      .addColumn('day', 'text', (it) => it.notNull())
      .addColumn('state', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('digests_key', ['channel_id', 'day'])
      .execute();
    await table('digest_marks')
      .addColumn('key', 'text', (it) => it.primaryKey())
      .addColumn('day', 'text', (it) => it.notNull())
      .addColumn('decided_at', 'bigint', (it) => it.notNull())
      .addColumn('told_at', 'bigint')
      .execute();
    await table('report_days')
      .addColumn('symbol', 'text', (it) => it.primaryKey())
      .addColumn('day', 'text', (it) => it.notNull())
      .addColumn('estimated', 'integer', (it) => it.notNull())
      .addColumn('fetched_at', 'bigint', (it) => it.notNull())
      .execute();
    await table('open_answers')
      .addColumn('id', 'text', (it) => it.primaryKey())
      .addColumn('platform', 'text', (it) => it.notNull())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .execute();
    await alter('job_runs').addColumn('took_ms', 'integer').execute();
    await alter('job_runs').addColumn('result', 'text').execute();
    await alter('job_runs').addColumn('next_at', 'bigint').execute();
  },
};
