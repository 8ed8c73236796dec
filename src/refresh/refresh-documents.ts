import type { ReadDocuments } from '../facts/edgar/documents/read-documents.ts';
import { type DocumentsRefreshed, refreshDocuments } from '../facts/edgar/documents/refresh-documents.ts';
import type { Subject } from '../facts/fact.ts';
import { addFiledFacts, readFiledFacts } from '../store/filed-facts.ts';
import { readOpenSegments, writeOpenSegments } from '../store/open-segments.ts';
import { addProposals, readProposals } from '../store/proposals.ts';
import { isDocumentRead, markDocumentRead } from '../store/read-documents.ts';
import type { RefreshParts } from './refresh-facts.ts';

/** What documents gave, in the store: the facts and proposals of one, and that it was read, are one transaction. */
const storedDocuments = ({ store, factStore }: RefreshParts, now: number): ReadDocuments => ({
  known: (subject) => readFiledFacts(store.db, subject),
  isRead: (document) => isDocumentRead(store.db, document),
  proposed: async (subject) => (await readProposals(store.db, { subject })).map(({ fact }) => fact),
  open: (subject) => readOpenSegments(store.db, subject),
  note: (subject, open) => store.transaction((db) => writeOpenSegments(db, subject, open)),
  add: async ({ subject, document, facts, proposals, open }) => {
    await store.transaction(async (db) => {
      await addFiledFacts(db, facts, now);
      await addProposals(db, proposals, now);
      await writeOpenSegments(db, subject, open);
      await markDocumentRead(db, subject, document, now);
    });
    factStore.add(facts);
  },
});

/**
 * Reads the documents of new reports: segment figures into the ledger, guidance into the list of proposals. `without` are
 * companies that EDGAR has just not answered for.
 */
export const refreshFromDocuments = (
  parts: RefreshParts,
  now: number,
  without: readonly { readonly subject: Subject }[] = [],
): Promise<DocumentsRefreshed> =>
  refreshDocuments({
    client: parts.client,
    companies: parts.companies.filers.filter((company) => !without.some(({ subject }) => subject === company.subject)),
    documents: storedDocuments(parts, now),
    curated: parts.factStore.curated,
    now,
    log: parts.log,
  });
