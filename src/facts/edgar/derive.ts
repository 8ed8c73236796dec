import { type Day, daysBetween } from '../../util/day.ts';
import { isQuarter, lengthOf, type Period } from '../period.ts';
import { byFiling, type Candidate, inMillions, isComparative, versions } from './candidate.ts';
import type { Company } from './companies.ts';
import { type FiledRow, type FlowRow, filingUrl } from './filed-row.ts';
import { type FiscalQuarter, fiscalLabel, quarterBeginning } from './fiscal.ts';
import { differences } from './year-to-date.ts';

/** One quarter as one filing tells it. A quarter told anew with another value is another entry. */
export interface DerivedQuarter {
  readonly period: Period & { readonly label: string };
  /** Whole US dollars. */
  readonly value: number;
  /** The day of the first filing that tells this value. */
  readonly published: Day;
  /** That filing. */
  readonly filing: { readonly accession: string; readonly form: string; readonly url: string };
  /** How the value comes out of the filing, in millions: "44477−30604 (year less nine months)". */
  readonly note: string;
  /** Publication day of the value that this one takes the place of. */
  readonly restates?: Day;
}

/** Everything that is filed about one fiscal year, each list in the order of filing. */
interface FiscalYear {
  readonly year: number;
  /** Year to date, by the number of quarters covered; place 0 stays empty. */
  readonly toDate: readonly FlowRow[][];
  /** Figures for three months, by quarter; place 0 stays empty. */
  readonly quarters: readonly FlowRow[][];
}

/** The longest year to date: 53 weeks, and some days to spare. */
const LONGEST = 380;
const QUARTER = 91.3;

const isFlow = (row: FiledRow): row is FlowRow => row.start !== undefined;

const trailingZeros = (value: number): number => /0*$/.exec(String(value))?.[0].length ?? 0;

/** A filing may tell a figure in its statements and, rounded, in its text: the one with more digits counts. */
const oncePerFiling = (rows: readonly FlowRow[]): FlowRow[] => {
  const kept = new Map<string, FlowRow>();
  for (const row of rows) {
    const key = `${row.accession}/${row.start}/${row.end}`;
    const rival = kept.get(key);
    if (!rival || trailingZeros(row.value) < trailingZeros(rival.value)) kept.set(key, row);
  }
  return [...kept.values()].sort(byFiling);
};

/** How many quarters a flow covers, give or take ten days; 0 for a length that is none of a year to date. */
const quartersCovered = (row: FlowRow): number => {
  const days = lengthOf(row) ?? 0;
  const covered = Math.round(days / QUARTER);
  return days <= LONGEST && Math.abs(days - covered * QUARTER) <= 10 ? covered : 0;
};

const fiscalYears = (rows: readonly FlowRow[], yearEnd: number): FiscalYear[] => {
  const years = new Map<number, FiscalYear>();
  for (const row of oncePerFiling(rows)) {
    const begins = quarterBeginning(row.start, yearEnd);
    if (!begins) continue;
    const lists = (): FlowRow[][] => [[], [], [], [], []];
    const filed = years.get(begins.year) ?? { year: begins.year, toDate: lists(), quarters: lists() };
    years.set(begins.year, filed);
    if (isQuarter(row)) filed.quarters[begins.quarter]?.push(row);
    if (begins.quarter === 1) filed.toDate[quartersCovered(row)]?.push(row);
  }
  return [...years.values()];
};

const direct = (row: FlowRow): Candidate => ({
  period: { start: row.start, end: row.end },
  value: row.value,
  row,
  note: 'three months as filed',
  direct: true,
});

const candidatesOf = ({ toDate, quarters }: FiscalYear, quarter: FiscalQuarter['quarter']): Candidate[] => [
  ...(quarters[quarter] ?? []).map(direct),
  ...(quarter === 1 ? [] : differences(quarter, toDate[quarter] ?? [], toDate[quarter - 1] ?? [])),
];

const noteOf = (it: Candidate, before: Candidate | undefined): string => {
  if (before) return `${it.note}; restates ${inMillions(before.value)} filed ${before.row.filed}`;
  return isComparative(it.row) ? `${it.note}; from the comparative column of a later filing` : it.note;
};

const asQuarter = (cik: number, label: string, it: Candidate, before: Candidate | undefined): DerivedQuarter => {
  const { accession, form, filed } = it.row;
  return {
    period: { label, ...it.period },
    value: it.value,
    published: filed,
    filing: { accession, form, url: filingUrl(cik, accession) },
    note: noteOf(it, before),
    ...(before && { restates: before.row.filed }),
  };
};

/**
 * The quarters of one metric, oldest first, from what EDGAR lists under its tag: figures for about three months as
 * they were filed, and where there are none, the year to date less the year to date a quarter before, both of one
 * vintage. What cannot be told so is left out: a year to date is never passed off as a quarter, and twelve months
 * that begin with no fiscal year (Amazon's trailing ones) count for nothing. A restated quarter has one entry for
 * each value, in the order of publication.
 *
 * `fy`, `fp` and `frame` of EDGAR's rows describe the filing, not the figure, and are not used: the fiscal quarter
 * comes from the dates and the month in which the company's year ends.
 */
export const deriveQuarters = (
  rows: readonly FiledRow[],
  { cik, yearEnd }: Pick<Company, 'cik' | 'yearEnd'>,
): DerivedQuarter[] =>
  fiscalYears(rows.filter(isFlow), yearEnd)
    .flatMap((year) =>
      ([1, 2, 3, 4] as const).flatMap((quarter) => {
        const label = fiscalLabel({ year: year.year, quarter }, yearEnd);
        return versions(candidatesOf(year, quarter)).map((it, place, all) => asQuarter(cik, label, it, all[place - 1]));
      }),
    )
    .sort((a, b) => daysBetween(b.period.end, a.period.end) || daysBetween(b.published, a.published));
