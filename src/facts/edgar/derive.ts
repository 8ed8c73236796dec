import { type Day, daysBetween } from '../../util/day.ts';
import type { Fact } from '../fact.ts';
import type { MetricKind } from '../metric.ts';
import { isQuarter, lengthOf } from '../period.ts';
import { byFiling, type Candidate, inMillions, isComparative, successiveValues } from './candidate.ts';
import { type FiledRow, type FlowRow, filingUrl } from './filed-row.ts';
import type { FiledFigure, Filer } from './filer.ts';
import { type FiscalQuarter, fiscalLabel, quarterBeginning, quarterEnding } from './fiscal.ts';
import { differences } from './year-to-date.ts';

/** One quarter's value, or a balance at its end. A restated value is another entry. */
export interface DerivedQuarter {
  /** Without a first day for a balance. */
  readonly period: Fact['period'] & { readonly label: string };
  /** Whole US dollars. */
  readonly value: number;
  /** Day of the first filing with this value. */
  readonly published: Day;
  /** The first filing with this value. */
  readonly filing: { readonly accession: string; readonly form: string; readonly url: string };
  /** How the value was derived, in millions: "44477−30604 (year less nine months)". */
  readonly note: string;
  /** Whether it is a difference of figures that were each rounded. */
  readonly isDifference?: boolean;
  /** Publication day of the value that this one replaces. */
  readonly restates?: Day;
}

/** Everything filed about one fiscal year, each list in filing order. */
interface FiscalYear {
  readonly year: number;
  /** Year-to-date figures by the number of quarters covered; index 0 stays empty. */
  readonly toDate: readonly FlowRow[][];
  /** Three-month figures by quarter; index 0 stays empty. */
  readonly quarters: readonly FlowRow[][];
}

/** Longest year to date: 53 weeks, and some days to spare. */
const MAX_YEAR_TO_DATE_DAYS = 380;
const QUARTER_DAYS = 91.3;

const isFlow = (row: FiledRow): row is FlowRow => row.start !== undefined;

const trailingZeros = (value: number): number => /0*$/.exec(String(value))?.[0].length ?? 0;

/** A filing may hold a figure exactly in its statements and rounded in its text: keeps the one with more digits. */
const mostExactPerFiling = <Row extends FiledRow>(rows: readonly Row[]): Row[] => {
  const kept = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.accession}/${row.start}/${row.end}`;
    const rival = kept.get(key);
    if (!rival || trailingZeros(row.value) < trailingZeros(rival.value)) kept.set(key, row);
  }
  return [...kept.values()].sort(byFiling);
};

/** Quarters that a flow covers, give or take ten days; 0 if its length is not a whole number of quarters. */
const quartersCovered = (row: FlowRow): number => {
  const days = lengthOf(row) ?? 0;
  const covered = Math.round(days / QUARTER_DAYS);
  return days <= MAX_YEAR_TO_DATE_DAYS && Math.abs(days - covered * QUARTER_DAYS) <= 10 ? covered : 0;
};

const fiscalYears = (rows: readonly FlowRow[], yearEnd: number): FiscalYear[] => {
  const years = new Map<number, FiscalYear>();
  for (const row of mostExactPerFiling(rows)) {
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

const balance = (row: FiledRow): Candidate => ({
  period: { end: row.end },
  value: row.value,
  row,
  note: 'balance as filed',
  direct: true,
});

const byPeriod = (a: DerivedQuarter, b: DerivedQuarter): number =>
  daysBetween(b.period.end, a.period.end) || daysBetween(b.published, a.published);

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
    ...(!it.direct && { isDifference: true }),
    ...(before && { restates: before.row.filed }),
  };
};

/**
 * The quarters of one metric, oldest first, from the rows under its tag: three-month figures as filed, otherwise the year
 * to date less the year to date one quarter before, both of one vintage. Other quarters are left out: a year to date is
 * never used as a quarter, and twelve months that do not begin with a fiscal year (Amazon's trailing ones) are ignored.
 * A restated quarter has one entry for each value, in order of publication.
 *
 * EDGAR's `fy`, `fp` and `frame` describe the filing, not the figure, and are not used: the fiscal quarter comes from the
 * dates and the month in which the company's year ends.
 */
export const deriveQuarters = (
  rows: readonly FiledRow[],
  { cik, yearEnd }: Pick<Filer, 'cik' | 'yearEnd'>,
): DerivedQuarter[] =>
  fiscalYears(rows.filter(isFlow), yearEnd)
    .flatMap((year) =>
      ([1, 2, 3, 4] as const).flatMap((quarter) => {
        const label = fiscalLabel({ year: year.year, quarter }, yearEnd);
        return successiveValues(candidatesOf(year, quarter)).map((it, index, all) =>
          asQuarter(cik, label, it, all[index - 1]),
        );
      }),
    )
    .sort(byPeriod);

/**
 * The balances at the ends of a company's fiscal quarters, oldest first, from the rows under a tag: those without a first
 * day. Balances on other days are left out; a restated one has one entry for each value.
 */
export const deriveBalances = (
  rows: readonly FiledRow[],
  { cik, yearEnd }: Pick<Filer, 'cik' | 'yearEnd'>,
): DerivedQuarter[] =>
  [...Map.groupBy(mostExactPerFiling(rows.filter((row) => !isFlow(row))), ({ end }) => end)]
    .flatMap(([end, filed]) => {
      const quarter = quarterEnding(end, yearEnd);
      if (!quarter) return [];
      const label = fiscalLabel(quarter, yearEnd);
      return successiveValues(filed.map(balance)).map((it, index, all) => asQuarter(cik, label, it, all[index - 1]));
    })
    .sort(byPeriod);

/**
 * The quarters of one figure of a company from all its tags, each within the periods it is used for. `rowsOf` returns the
 * rows filed under a tag, undefined if the company never used it. `kind` is that of the metric.
 */
export const quartersOf = (
  company: Filer,
  { tags }: FiledFigure,
  rowsOf: (tag: string) => readonly FiledRow[] | undefined,
  kind: MetricKind = 'flow',
): DerivedQuarter[] =>
  (kind === 'balance' ? deriveBalances : deriveQuarters)(
    tags.flatMap(({ tag, after = '', until = '9999-12-31' }) =>
      (rowsOf(tag) ?? []).filter(({ end }) => end > after && end <= until),
    ),
    company,
  );
