import { lengthOf } from '../period.ts';
import { byFiling } from './candidate.ts';
import type { DerivedQuarter } from './derive.ts';
import type { FiledRow } from './filed-row.ts';
import type { FiledMetric } from './filer.ts';

/** Figures that are never below zero and do not jump a hundredfold. Cash flow does both. */
const STEADY: ReadonlySet<FiledMetric> = new Set(['capex_cash', 'revenue', 'rd_expense']);

/** A filing in thousands is a thousandfold off. */
const MAX_FACTOR = 100;

/** How many of the latest rows before it a row is compared with. */
const COMPARED = 4;

/** A row that is not believed, and what it was compared with. */
export interface ImplausibleRow {
  readonly row: FiledRow;
  /** The latest row before it; undefined without any. */
  readonly before: FiledRow | undefined;
}

const perDay = (row: FiledRow): number => row.value / Math.max(1, (lengthOf(row) ?? 0) + 1);

/** `usual`: dollars a day in the middle of the rows before it. */
const isImplausible = (row: FiledRow, usual: number | undefined): boolean => {
  if (row.value < 0) return true;
  if (usual === undefined || usual <= 0 || row.value === 0) return false;
  const factor = perDay(row) / usual;
  return factor >= MAX_FACTOR || factor <= 1 / MAX_FACTOR;
};

/**
 * Splits the rows of one metric into those that may be right, and those with the sign turned or a hundredfold off what
 * was filed before. Of the latter only those whose period has no other figure of that day or later.
 */
export const withoutImplausible = (
  metric: FiledMetric,
  rows: readonly FiledRow[],
): { readonly kept: readonly FiledRow[]; readonly held: readonly ImplausibleRow[] } => {
  if (!STEADY.has(metric)) return { kept: rows, held: [] };
  const kept: FiledRow[] = [];
  const implausible: ImplausibleRow[] = [];
  for (const row of rows.filter(({ start }) => start !== undefined).toSorted(byFiling)) {
    const before = kept.filter(({ accession }) => accession !== row.accession).slice(-COMPARED);
    const usual = before.map(perDay).sort((a, b) => a - b)[Math.floor(before.length / 2)];
    if (isImplausible(row, usual)) implausible.push({ row, before: before.at(-1) });
    else kept.push(row);
  }
  const isCorrected = ({ row }: ImplausibleRow): boolean =>
    kept.some(({ end, filed }) => end === row.end && filed >= row.filed);
  return { kept, held: implausible.filter((it) => !isCorrected(it)) };
};

/** The quarters of one metric without differences below zero, which come of a year to date that was filed wrong. */
export const withoutNegative = (
  metric: FiledMetric,
  quarters: readonly DerivedQuarter[],
): { readonly kept: readonly DerivedQuarter[]; readonly held: readonly ImplausibleRow[] } => {
  const isNegative = ({ value }: DerivedQuarter): boolean => STEADY.has(metric) && value < 0;
  const kept = quarters.filter((quarter) => !isNegative(quarter));
  const held = quarters
    .filter(isNegative)
    .filter(({ period, published }) => !kept.some((it) => it.period.end === period.end && it.published >= published))
    .map(({ period: { start, end }, value, published, filing: { accession, form } }) => ({
      row: { ...(start !== undefined && { start }), end, value, accession, form, filed: published },
      before: undefined,
    }));
  return { kept, held };
};
