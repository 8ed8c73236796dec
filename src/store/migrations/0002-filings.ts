import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const filings: Migration = {
  up: async (db: Kysely<unknown>) => {
    const table = (name: string) => db.schema.createTable(name);
    await table('filed_facts')
      .addColumn('id', 'text', (it) => it.primaryKey())
      .addColumn('subject', 'text', (it) => it.notNull())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('added_at', 'bigint', (it) => it.notNull())
      .execute();
    await db.schema.createIndex('filed_facts_subject').on('filed_facts').column('subject').execute();
    await table('filing_marks')
      .addColumn('subject', 'text', (it) => it.primaryKey())
      .addColumn('accession', 'text', (it) => it.notNull())
      .addColumn('read_at', 'bigint', (it) => it.notNull())
      .execute();
    await table('edgar_answers')
      .addColumn('path', 'text', (it) => it.primaryKey())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('etag', 'text')
      .addColumn('last_modified', 'text')
      .execute();
    await table('job_runs')
      .addColumn('name', 'text', (it) => it.primaryKey())
      .addColumn('ran_at', 'bigint', (it) => it.notNull())
      .execute();
    await db.schema.alterTable('channels').addColumn('kinds', 'text').execute();
  },
};
