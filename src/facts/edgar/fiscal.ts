import { addDays, type Day } from '../../util/day.ts';
import { isSamePeriodEnd } from '../period.ts';

/** A quarter of a fiscal year, which is named by the calendar year in which it ends. */
export interface FiscalQuarter {
  readonly year: number;
  readonly quarter: 1 | 2 | 3 | 4;
}

/** Months since the year 0. */
const monthOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const firstDayOf = (month: number): Day =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/**
 * The fiscal quarter that begins around a day: a 52/53-week year begins up to ten days from the first of its month.
 * Undefined if no quarter begins there. `yearEnd` is the month, 1 to 12, in which the year ends.
 */
export const quarterBeginning = (start: Day, yearEnd: number): FiscalQuarter | undefined => {
  const month = monthOf(addDays(start, 15));
  if (!isSamePeriodEnd(start, firstDayOf(month))) return undefined;
  const sinceYearZero = month + 12 - yearEnd;
  const monthOfYear = sinceYearZero % 12;
  const quarter = ([1, 2, 3, 4] as const).find((it) => (it - 1) * 3 === monthOfYear);
  return quarter && { year: Math.floor(sinceYearZero / 12), quarter };
};

/** The fiscal quarter that ends around a day; undefined if none does. */
export const quarterEnding = (end: Day, yearEnd: number): FiscalQuarter | undefined => {
  const next = quarterBeginning(addDays(end, 1), yearEnd);
  if (!next) return undefined;
  const before = ([4, 1, 2, 3] as const)[next.quarter - 1] ?? 4;
  return { year: before === 4 ? next.year - 1 : next.year, quarter: before };
};

/** "FY2024 Q4", or "2024 Q2" if the fiscal year is the calendar year. */
export const fiscalLabel = ({ year, quarter }: FiscalQuarter, yearEnd: number): string =>
  `${yearEnd === 12 ? '' : 'FY'}${year} Q${quarter}`;
