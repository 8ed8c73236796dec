import type { FiledDocument } from '../facts/edgar/documents/filed-document.ts';
import type { Subject } from '../facts/fact.ts';
import type { Db } from './store.ts';

/** Whether a document was read whole, or given up. */
export const isDocumentRead = async (db: Db, { accession, name }: FiledDocument): Promise<boolean> => {
  const row = await db
    .selectFrom('read_documents')
    .select('read_at')
    .where('accession', '=', accession)
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
};

export const markDocumentRead = async (
  db: Db,
  subject: Subject,
  { accession, name }: FiledDocument,
  now: number,
): Promise<void> => {
  await db
    .insertInto('read_documents')
    .values({ accession, name, subject, read_at: now })
    .onConflict((on) => on.columns(['accession', 'name']).doNothing())
    .execute();
};
