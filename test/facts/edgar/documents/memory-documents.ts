import type { ReadDocuments } from '../../../../src/facts/edgar/documents/read-documents.ts';
import type { OpenSegment } from '../../../../src/facts/edgar/segments/open-segment.ts';
import type { Fact } from '../../../../src/facts/fact.ts';
import type { Proposal } from '../../../../src/facts/proposals/proposal.ts';

/** Forgets everything when the process ends. */
export const createMemoryDocuments = () => {
  const facts: Fact[] = [];
  const proposals: Proposal[] = [];
  const read: string[] = [];
  const open = new Map<string, readonly OpenSegment[]>();
  const documents: ReadDocuments = {
    known: async (subject) => facts.filter((fact) => fact.subject === subject),
    isRead: async ({ accession, name }) => read.includes(`${accession}/${name}`),
    proposed: async (subject) => proposals.map(({ fact }) => fact).filter((fact) => fact.subject === subject),
    open: async (subject) => open.get(subject) ?? [],
    note: async (subject, noted) => {
      open.set(subject, noted);
    },
    add: async (it) => {
      facts.push(...it.facts);
      proposals.push(...it.proposals);
      open.set(it.subject, it.open);
      read.push(`${it.document.accession}/${it.document.name}`);
    },
  };
  return { documents, facts, proposals, read, open };
};
