import { daysBetween } from '../../util/day.ts';
import type { Fact } from '../fact.ts';
import type { FiledRow } from './filed-row.ts';

/** A quarter's value in one filing: filed as such, or the difference of two year-to-date figures; or a balance at its end. */
export interface Candidate {
  readonly period: Fact['period'];
  /** Whole US dollars. */
  readonly value: number;
  readonly row: FiledRow;
  readonly note: string;
  readonly direct: boolean;
}

/** Dollars. A direct figure and a difference of figures in rounded millions may differ by this and still be equal. */
const ROUNDING_TOLERANCE = 1_500_000;

/** A figure filed more than this many days after its period's end is a comparative to a newer one. */
const MAX_ORIGINAL_DAYS = 200;

export const isComparative = ({ end, filed }: FiledRow): boolean => daysBetween(end, filed) > MAX_ORIGINAL_DAYS;

/** Dollars as a text in millions, for a note. */
export const inMillions = (dollars: number): string => String(dollars / 1_000_000);

/** Sorts by filing day, then by accession number. */
export const byFiling = (a: FiledRow, b: FiledRow): number => {
  if (a.filed !== b.filed) return a.filed < b.filed ? -1 : 1;
  return a.accession === b.accession ? 0 : a.accession < b.accession ? -1 : 1;
};

const isSame = (a: Candidate, b: Candidate): boolean =>
  a.direct === b.direct ? a.value === b.value : Math.abs(a.value - b.value) <= ROUNDING_TOLERANCE;

/**
 * The successive values of one quarter in filing order, without repeats. Within a filing a three-month figure takes
 * precedence over a difference.
 */
export const successiveValues = (candidates: readonly Candidate[]): Candidate[] => {
  const direct = new Set(candidates.filter((it) => it.direct).map(({ row }) => row.accession));
  const kept: Candidate[] = [];
  for (const it of candidates.toSorted((a, b) => byFiling(a.row, b.row))) {
    if (!it.direct && direct.has(it.row.accession)) continue;
    const previous = kept.at(-1);
    if (!previous || !isSame(previous, it)) kept.push(it);
  }
  return kept;
};
