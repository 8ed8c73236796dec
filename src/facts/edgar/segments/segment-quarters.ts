import { addDays, type Day, daysBetween } from '../../../util/day.ts';
import { DOLLARS_PER_MILLION, type Fact } from '../../fact.ts';
import { isQuarter, isSamePeriodEnd, lengthOf, type Period } from '../../period.ts';
import { inMillions } from '../candidate.ts';
import type { DerivedQuarter } from '../derive.ts';
import { documentSource, type FiledDocument } from '../documents/filed-document.ts';
import type { Filer } from '../filer.ts';
import { fiscalLabel, quarterBeginning } from '../fiscal.ts';
import type { SegmentAmount, SegmentAmounts } from './segment-amounts.ts';

/** A report comes within so many days of the period that it is about; older periods in it are comparatives. */
const MAX_DAYS_TO_REPORT = 120;

const isYear = (period: Period): boolean => {
  const days = lengthOf(period) ?? 0;
  return days >= 350 && days <= 380;
};

/** A company's own figures of one metric and basis that were known on the day of a filing, the newest of each quarter last. */
const knownQuarters = (known: readonly Fact[], { metric, basis }: SegmentAmounts, day: Day): Fact[] =>
  known
    .filter((fact) => fact.metric === metric && fact.basis === basis && !fact.source.secondary)
    .filter(({ published, period, value }) => published <= day && isQuarter(period) && value !== undefined)
    .toSorted((a, b) => (a.published < b.published ? -1 : 1));

/** The first three quarters of a year, if all are known. */
const nineMonths = (year: Period, known: readonly Fact[]): readonly Fact[] | undefined => {
  const found: Fact[] = [];
  let start = year.start;
  for (let quarter = 1; quarter <= 3; quarter += 1) {
    const next = known.findLast(({ period }) => period.start !== undefined && isSamePeriodEnd(period.start, start));
    if (!next) return undefined;
    found.push(next);
    start = addDays(next.period.end, 1);
  }
  return found;
};

export interface SegmentQuarters {
  readonly quarters: readonly DerivedQuarter[];
  /** Years whose fourth quarter cannot be told, because one of the first three is not known. */
  readonly withoutFourth: readonly Period[];
}

/**
 * The quarters of one metric in a document. A quarter is what the document has for three months. A fourth quarter that it
 * has not is the year less the three quarters known of it, and its note says so; only for the year that the document is
 * about, and only if no figure of the quarter is known, so that a difference never takes the place of a told figure.
 * A year, half-year or nine months is never used as a quarter.
 */
export const segmentQuarters = (
  company: Pick<Filer, 'cik' | 'name' | 'yearEnd'>,
  document: FiledDocument,
  read: SegmentAmounts,
  known: readonly Fact[],
): SegmentQuarters => {
  const { accession, form, moment } = document;
  const { yearEnd } = company;
  const filing = { accession, form, url: documentSource(company, document).url };
  const quarterOf = (period: Period, value: number, note: string): DerivedQuarter[] => {
    const fiscal = quarterBeginning(period.start, yearEnd);
    return fiscal
      ? [
          {
            period: { label: fiscalLabel(fiscal, yearEnd), ...period },
            value,
            published: moment.published,
            filing,
            note,
          },
        ]
      : [];
  };
  const isOwn = ({ end }: SegmentAmount): boolean => daysBetween(end, moment.published) <= MAX_DAYS_TO_REPORT;

  const told = read.amounts
    .filter(isQuarter)
    .flatMap((it) =>
      quarterOf(
        { start: it.start, end: it.end },
        it.value,
        isOwn(it) ? 'three months as filed' : 'three months as filed; from the comparative column of a later filing',
      ),
    );

  const before = knownQuarters(known, read, moment.published);
  const withoutFourth: Period[] = [];
  const derived = read.amounts
    .filter((it) => isYear(it) && isOwn(it))
    .flatMap(({ start, end, value }) => {
      const isTold = (quarter: Fact['period']): boolean => isSamePeriodEnd(quarter.end, end);
      if (told.some(({ period }) => isTold(period)) || before.some(({ period }) => isTold(period))) return [];
      const three = nineMonths({ start, end }, before);
      const last = three?.at(-1);
      if (!three || !last) {
        withoutFourth.push({ start, end });
        return [];
      }
      const earlier = three.reduce((sum, fact) => sum + (fact.value ?? 0) * DOLLARS_PER_MILLION, 0);
      const from = addDays(last.period.end, 1);
      const note = `derived: ${inMillions(value)}−${inMillions(earlier)} (year less the three quarters told before)`;
      return value > earlier && isQuarter({ start: from, end })
        ? quarterOf({ start: from, end }, value - earlier, note)
        : [];
    });
  return { quarters: [...told, ...derived], withoutFourth };
};
