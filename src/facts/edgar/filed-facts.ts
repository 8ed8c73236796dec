import type { Day } from '../../util/day.ts';
import type { Fact, Subject } from '../fact.ts';
import type { FiledMetric } from './filer.ts';

/**
 * A figure of the newest report that is not in. `awaited`: the filing is listed, its figure is not there after two days.
 * `held`: it is there, and cannot be right. `lost`: nor did the report before have it under any of its tags.
 */
interface LateFigure {
  readonly state: 'awaited' | 'held' | 'lost';
  readonly metric: FiledMetric;
  /** The day the report was filed. */
  readonly filed: Day;
}

/** The results of a quarter are out, and its figures are not in EDGAR's data yet. */
interface AwaitedQuarter {
  readonly state: 'released';
  /** When they came out, epoch milliseconds. */
  readonly at: number;
}

/** What is still to come of a company's newest quarter. */
export type OpenFigure = LateFigure | AwaitedQuarter;

/** How far a company's filings have been read. */
export interface FilingMark {
  readonly subject: Subject;
  /** Accession number of the newest report whose figures are in. */
  readonly accession: string;
  /** The day of the newest report read. */
  readonly filed: Day;
  /** What is still to come. Replaces what was noted before. */
  readonly open: readonly OpenFigure[];
}

/** Store of figures from filings. Facts are only added, never changed. */
export interface FiledFacts {
  /** All facts of a subject. */
  known(subject: Subject): Promise<readonly Fact[]>;
  /** Adds a company's facts and moves its mark, in one transaction. `facts` may be empty. */
  add(facts: readonly Fact[], seen: FilingMark): Promise<void>;
  /** Accession number of a subject's mark. */
  seen(subject: Subject): Promise<string | undefined>;
  open(subject: Subject): Promise<readonly OpenFigure[]>;
  /** Replaces what is noted of a subject, and moves no mark. */
  note(subject: Subject, open: readonly OpenFigure[]): Promise<void>;
}
