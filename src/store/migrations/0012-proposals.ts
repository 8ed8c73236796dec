import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Documents of filings that were read, and guidance in them that a person confirms. */
export const proposals: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('read_documents')
      .addColumn('accession', 'text', (it) => it.notNull())
      .addColumn('name', 'text', (it) => it.notNull())
      .addColumn('subject', 'text', (it) => it.notNull())
      .addColumn('read_at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('read_documents_once', ['accession', 'name'])
      .execute();
    await db.schema
      .createTable('proposals')
      .addColumn('id', 'integer', (it) => it.primaryKey().autoIncrement())
      .addColumn('subject', 'text', (it) => it.notNull())
      .addColumn('body', 'text', (it) => it.notNull())
      .addColumn('state', 'text', (it) => it.notNull())
      .addColumn('proposed_at', 'bigint', (it) => it.notNull())
      .addColumn('decided_at', 'bigint')
      .addColumn('decided_by', 'text')
      .execute();
    await db.schema.createIndex('proposals_state').on('proposals').columns(['state', 'id']).execute();
  },
};
