import { addDays } from '../../util/day.ts';
import type { Filer } from '../edgar/filer.ts';
import { fiscalLabel } from '../edgar/fiscal.ts';
import type { Fact } from '../fact.ts';
import { shiftQuarter } from '../period.ts';

/** The year or the quarter that a text names. */
export interface NamedPeriod {
  readonly year: number;
  readonly quarter?: 1 | 2 | 3 | 4;
}

const ORDINALS = ['first', 'second', 'third', 'fourth'];

const YEAR = String.raw`(?:fiscal(?: year)? |fy ?|the (?:full )?year )?(20\d\d)\b`;

const QUARTER_NAME = new RegExp(
  String.raw`\b(?:(first|second|third|fourth)[- ]quarter|q([1-4]))(?: results)?(?:,? (?:of|for|in))?(?: the)? ?${YEAR}`,
  'gi',
);

const YEAR_NAME = /\b(?:fy ?)?(20\d\d)\b/gi;

export interface PlacedPeriod extends NamedPeriod {
  readonly at: number;
}

/** The quarters that a text names, in order. */
export const namedQuarters = (text: string): readonly PlacedPeriod[] =>
  [...text.matchAll(QUARTER_NAME)].map((match) => {
    const [, ordinal, digit, year] = match;
    const quarter = ordinal ? ORDINALS.indexOf(ordinal.toLowerCase()) + 1 : Number(digit);
    return { year: Number(year), quarter: quarter as 1 | 2 | 3 | 4, at: match.index };
  });

/** The years that a text names, in order. */
export const namedYears = (text: string): readonly PlacedPeriod[] =>
  [...text.matchAll(YEAR_NAME)].map((match) => ({ year: Number(match[1]), at: match.index }));

const calendarPeriod = ({ year, quarter }: NamedPeriod): Fact['period'] =>
  quarter === undefined
    ? { start: `${year}-01-01`, end: `${year}-12-31` }
    : shiftQuarter({ start: `${year}-01-01`, end: `${year}-03-31` }, quarter - 1);

/** Thirteen weeks. */
const QUARTER_DAYS = 91;

/**
 * The days of a period that a company guides, under its label in the ledger. Those of a fiscal year that is not the
 * calendar's follow from the figures known: a period of that label, or the quarter before. Undefined if neither is known.
 */
export const guidedPeriod = (
  { yearEnd }: Pick<Filer, 'yearEnd'>,
  named: NamedPeriod,
  known: readonly Fact[],
): Pick<Fact, 'label' | 'period'> | undefined => {
  const { year, quarter } = named;
  const isCalendar = yearEnd === 12;
  const label = quarter === undefined ? `${isCalendar ? 'CY' : 'FY'}${year}` : fiscalLabel({ year, quarter }, yearEnd);
  const same = known.find((fact) => fact.label === label && fact.period.start !== undefined);
  if (same) return { label, period: same.period };
  if (isCalendar) return { label, period: calendarPeriod(named) };
  if (quarter === undefined) return undefined;
  const previous =
    quarter === 1 ? { year: year - 1, quarter: 4 as const } : { year, quarter: (quarter - 1) as 1 | 2 | 3 };
  const before = known.find((fact) => fact.label === fiscalLabel(previous, yearEnd));
  if (!before) return undefined;
  const start = addDays(before.period.end, 1);
  return { label, period: { start, end: addDays(start, QUARTER_DAYS - 1) } };
};
