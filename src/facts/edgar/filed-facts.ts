import type { Fact, Subject } from '../fact.ts';

/** How far a company's filings have been read. */
export interface FilingMark {
  readonly subject: Subject;
  /** Accession number of the newest report whose figures are in. */
  readonly accession: string;
}

/** Where figures from filings live. Facts are only ever added. */
export interface FiledFacts {
  /** Everything added for a subject. */
  known(subject: Subject): Promise<readonly Fact[]>;
  /** Adds facts of one company and moves its mark, in one transaction. `facts` may be empty. */
  add(facts: readonly Fact[], seen: FilingMark): Promise<void>;
  /** The accession number that `add` was last given for a subject. */
  seen(subject: Subject): Promise<string | undefined>;
}
