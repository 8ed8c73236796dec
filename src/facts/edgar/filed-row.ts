import type { Day } from '../../util/day.ts';

/** One figure of one filing, as EDGAR's companyfacts and companyconcept list it under a tag. */
export interface FiledRow {
  /** First day; absent for a balance. */
  readonly start?: Day;
  readonly end: Day;
  /** Whole US dollars. */
  readonly value: number;
  /** "0000950170-24-087843" */
  readonly accession: string;
  /** "10-K", "10-Q", "8-K" ... */
  readonly form: string;
  /** The day it was filed. */
  readonly filed: Day;
}

/** A flow, as against a balance. */
export type FlowRow = FiledRow & { readonly start: Day };

/** Where a filing's documents are. */
export const filingUrl = (cik: number, accession: string): string =>
  `https://www.sec.gov/Archives/edgar/data/${cik}/${accession.replaceAll('-', '')}/`;
