import type { FiledFacts, OpenFigure } from '../../../src/facts/edgar/filed-facts.ts';
import type { Fact, Subject } from '../../../src/facts/fact.ts';

/** Forgets everything when the process ends. */
export const createMemoryFacts = (): FiledFacts => {
  const facts = new Map<string, Fact>();
  const opens = new Map<Subject, readonly OpenFigure[]>();
  const marks = new Map<Subject, string>();
  return {
    known: async (subject) => [...facts.values()].filter((fact) => fact.subject === subject),
    add: async (added, { subject, accession, open }) => {
      for (const fact of added) if (!facts.has(fact.id)) facts.set(fact.id, fact);
      marks.set(subject, accession);
      opens.set(subject, open);
    },
    open: async (subject) => opens.get(subject) ?? [],
    seen: async (subject) => marks.get(subject),
    note: async (subject, open) => {
      opens.set(subject, open);
    },
  };
};
