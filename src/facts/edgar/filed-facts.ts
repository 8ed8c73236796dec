import type { Fact, Subject } from '../fact.ts';

/** How far a company's filings have been read. */
export interface FilingMark {
  readonly subject: Subject;
  /** Accession number of the newest report whose figures are in. */
  readonly accession: string;
}

/** Store of figures from filings. Facts are only added, never changed. */
export interface FiledFacts {
  /** All facts of a subject. */
  known(subject: Subject): Promise<readonly Fact[]>;
  /** Adds a company's facts and moves its mark, in one transaction. `facts` may be empty. */
  add(facts: readonly Fact[], seen: FilingMark): Promise<void>;
  /** Accession number of a subject's mark. */
  seen(subject: Subject): Promise<string | undefined>;
}
