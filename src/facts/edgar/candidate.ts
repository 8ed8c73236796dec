import { daysBetween } from '../../util/day.ts';
import type { Period } from '../period.ts';
import type { FiledRow } from './filed-row.ts';

/** A quarter's value in one filing: filed as such, or the difference of two figures for the year to date. */
export interface Candidate {
  readonly period: Period;
  /** Whole US dollars. */
  readonly value: number;
  readonly row: FiledRow;
  readonly note: string;
  readonly direct: boolean;
}

/** A direct figure and a difference of rounded millions may be this far apart, in dollars, and be the same figure. */
const ROUNDING = 1_500_000;

/** A figure filed later than this, in days after its period's end, stands there for comparison with a newer one. */
const ORIGINAL_DAYS = 200;

export const isComparative = ({ end, filed }: FiledRow): boolean => daysBetween(end, filed) > ORIGINAL_DAYS;

/** Dollars as text in millions, for a note. */
export const inMillions = (dollars: number): string => String(dollars / 1_000_000);

/** The order in which filings were made. */
export const byFiling = (a: FiledRow, b: FiledRow): number => {
  if (a.filed !== b.filed) return a.filed < b.filed ? -1 : 1;
  return a.accession === b.accession ? 0 : a.accession < b.accession ? -1 : 1;
};

const isSame = (a: Candidate, b: Candidate): boolean =>
  a.direct === b.direct ? a.value === b.value : Math.abs(a.value - b.value) <= ROUNDING;

/**
 * The values of one quarter in the order of their filings, each kept where it first appears. Within a filing the
 * figure for three months counts for more than a difference.
 */
export const versions = (candidates: readonly Candidate[]): Candidate[] => {
  const direct = new Set(candidates.filter((it) => it.direct).map(({ row }) => row.accession));
  const kept: Candidate[] = [];
  for (const it of candidates.toSorted((a, b) => byFiling(a.row, b.row))) {
    if (!it.direct && direct.has(it.row.accession)) continue;
    const told = kept.at(-1);
    if (!told || !isSame(told, it)) kept.push(it);
  }
  return kept;
};
