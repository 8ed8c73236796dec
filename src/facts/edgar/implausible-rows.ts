import { isSamePeriodEnd, lengthOf, yearBefore } from '../period.ts';
import { byFiling } from './candidate.ts';
import type { DerivedQuarter } from './derive.ts';
import type { FiledRow } from './filed-row.ts';
import type { FiledMetric } from './filer.ts';

/** Figures that are never below zero and do not jump a hundredfold. Cash flow does both. */
const STEADY: ReadonlySet<FiledMetric> = new Set(['capex_cash', 'revenue', 'rd_expense']);

/** A filing in thousands is a thousandfold off. */
const MAX_FACTOR = 100;

/**
 * Nor five times what they were a year before. The steepest so far, of the years that filings' data has: Nvidia's capex of
 * the last quarter of its fiscal 2025, at 4.2 times.
 */
const MAX_YEARLY_FACTOR = 5;

/** How many of the latest rows before it a row is compared with. */
const COMPARED = 4;

/** A row that is not believed, and what it was compared with. */
export interface ImplausibleRow {
  readonly row: FiledRow;
  /** What it was compared with: the latest row before it, or the same quarter a year before; undefined without any. */
  readonly before: Pick<FiledRow, 'value'> | undefined;
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

/** A quarter as a row, for whoever reads why it was held back. */
const asRow = ({
  period: { start, end },
  value,
  published,
  filing: { accession, form },
}: DerivedQuarter): FiledRow => ({
  ...{ ...(start !== undefined && { start }), end, value, accession, form },
  filed: published,
});

/** Whether a later filing has the very figure again of which a quarter was made. */
const isRepeated = ({ period, filing, published }: DerivedQuarter, rows: readonly FiledRow[]): boolean =>
  rows.some(
    (first) =>
      first.accession === filing.accession &&
      first.end === period.end &&
      rows.some(
        ({ start, end, value, filed }) =>
          start === first.start && end === first.end && value === first.value && filed > published,
      ),
  );

/**
 * The quarters of one metric that may be right: without differences below zero, which come of a year to date that was
 * filed wrong, and without those of more than five times the year before, until a later filing repeats them. `rows` are
 * those of which the quarters were made.
 */
export const withoutImplausibleQuarters = (
  metric: FiledMetric,
  quarters: readonly DerivedQuarter[],
  rows: readonly FiledRow[],
): { readonly kept: readonly DerivedQuarter[]; readonly held: readonly ImplausibleRow[] } => {
  if (!STEADY.has(metric)) return { kept: quarters, held: [] };
  const kept: DerivedQuarter[] = [];
  const implausible: { readonly quarter: DerivedQuarter; readonly before: DerivedQuarter | undefined }[] = [];
  for (const quarter of quarters) {
    const { period, value, published } = quarter;
    const before = kept.findLast(
      (it) => it.published <= published && isSamePeriodEnd(it.period.end, yearBefore(period.end)),
    );
    const leaps = before !== undefined && before.value > 0 && value > MAX_YEARLY_FACTOR * before.value;
    if (value < 0) implausible.push({ quarter, before: undefined });
    else if (leaps && !isRepeated(quarter, rows)) implausible.push({ quarter, before });
    else kept.push(quarter);
  }
  const isCorrected = ({ period, published }: DerivedQuarter): boolean =>
    kept.some((it) => it.period.end === period.end && it.published >= published);
  return {
    kept,
    held: implausible
      .filter(({ quarter }) => !isCorrected(quarter))
      .map(({ quarter, before }) => ({ row: asRow(quarter), before: before && { value: before.value } })),
  };
};
