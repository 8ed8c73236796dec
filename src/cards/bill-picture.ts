import type { BillQuarter, BillQuarters } from '../facts/bill-quarters.ts';
import { sumOfMillions } from '../facts/exact-sum.ts';
import type { Fact } from '../facts/fact.ts';
import { lengthOf } from '../facts/period.ts';
import { columnMarks, formatUsdMillions, usdMark, usdRangeMark } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatPeriod } from '../i18n/dates.ts';
import { joinNames, nameInList } from '../i18n/names.ts';
import { formatPercent, wholePercent } from '../i18n/percent.ts';
import type { BillChart } from '../stories/chart-spec.ts';
import { addDays, type Day } from '../util/day.ts';
import type { Picture } from './card.ts';
import { calendarQuarterMark, pictureName } from './picture.ts';

const DAYS_PER_QUARTER = 365.25 / 4;
const HALF_A_MONTH = 14;

/** Its last month: a quarter of thirteen weeks may end on the first days of the next. */
const monthOf = (end: Day): string => addDays(end, -HALF_A_MONTH).slice(0, 7);

/** "2024 Q2"; of a company, whose quarters may end in any month, that month: "2024-07". */
const nameOf = ({ quarter: { end } }: BillQuarter, isCalendar: boolean): string =>
  isCalendar ? calendarQuarterMark(end) : monthOf(end);

const toldBy = ({ capex }: BillQuarter): readonly number[] => capex.flatMap((value) => value ?? []);

const isComplete = ({ capex }: BillQuarter): boolean => !capex.includes(null);

const guidanceMark = ({ low, high }: Fact): string | undefined => {
  if (low !== undefined && high !== undefined) return usdRangeMark(low, high);
  if (low !== undefined) return `> ${usdMark(low, true)}`;
  return high === undefined ? undefined : `< ${usdMark(high, true)}`;
};

/** Guidance on the quarters of its period; undefined if none of them is there. */
const guidanceOn = (quarters: readonly BillQuarter[], fact: Fact | undefined): BillChart['guidance'] => {
  const days = fact && lengthOf(fact.period);
  const amount = fact && guidanceMark(fact);
  const [newest] = quarters.slice(-1);
  if (!fact || days === undefined || amount === undefined || !newest) return undefined;
  const count = Math.max(1, Math.round(days / DAYS_PER_QUARTER));
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const to = quarters.length - 1 + Math.round((months(fact.period.end) - months(newest.quarter.end)) / 3);
  if (to < 0) return undefined;
  return {
    amount,
    from: to - count + 1,
    to,
    ...(fact.low !== undefined && { low: fact.low / count }),
    ...(fact.high !== undefined && { high: fact.high / count }),
  };
};

/** The bill as the picture shows it. `guidance` is that of the company, on the basis of its columns. */
export const billChartOf = ({ subjects, quarters, newest }: BillQuarters, guidance?: Fact): BillChart => {
  const isCalendar = subjects.length > 1;
  const band = guidanceOn(quarters, guidance);
  const complete = quarters.filter(isComplete);
  const { unit, marks } = columnMarks(complete.map((quarter) => sumOfMillions(toldBy(quarter))));
  return {
    kind: 'bill',
    symbols: subjects,
    unit,
    quarters: quarters.map((quarter) => ({
      name: nameOf(quarter, isCalendar),
      parts: quarter.capex,
      ...(isComplete(quarter) && { total: marks[complete.indexOf(quarter)] ?? '' }),
      ...(quarter.ofOperatingCashFlow !== undefined && { share: wholePercent(quarter.ofOperatingCashFlow) }),
    })),
    newest: {
      amount: usdMark(newest.capex),
      ...(newest.yoyPercent !== undefined && { yoy: wholePercent(newest.yoyPercent) }),
      ...(newest.ofOperatingCashFlow !== undefined && { share: wholePercent(newest.ofOperatingCashFlow) }),
    },
    ...(band && { guidance: band }),
  };
};

/** "$52.9B in Apr–Jun 2024 (49% of operating cash flow)". */
const quarterText = (words: Translator, quarter: BillQuarter): string => {
  const said = {
    amount: formatUsdMillions(words, sumOfMillions(toldBy(quarter))),
    period: formatPeriod(words, quarter.quarter.start, quarter.quarter.end),
  };
  const share = quarter.ofOperatingCashFlow;
  if (!isComplete(quarter))
    return words.say('bill-picture.some', { ...said, reported: toldBy(quarter).length, of: quarter.capex.length });
  return share === undefined
    ? words.say('bill-picture.quarter', said)
    : words.say('bill-picture.quarter-share', { ...said, percent: formatPercent(words, share, 0) });
};

/** The first quarter of the picture, the one a year before the newest, the newest, and what is out of the next one. */
export const billAlt = (words: Translator, { subjects, quarters }: BillQuarters): string => {
  const newest = quarters.findLastIndex(isComplete);
  const told = [0, newest - 4, newest, quarters.length - 1].flatMap((at) => quarters[at] ?? []);
  const names = joinNames(
    words,
    subjects.map((subject) => nameInList(words, subject)),
  );
  return words.say('bill-picture.alt', {
    names,
    values: [...new Set(told)].map((quarter) => quarterText(words, quarter)).join('; '),
  });
};

/** The picture of the bill, or none if its quarters are not known. */
export const billPicture = (
  words: Translator,
  bill: BillQuarters | undefined,
  guidance?: Fact,
): { readonly picture?: Picture } => {
  if (!bill) return {};
  const end = bill.quarters.at(-1)?.quarter.end ?? '';
  const whose = bill.subjects.length > 1 ? 'four' : (bill.subjects[0] ?? '');
  return {
    picture: {
      name: pictureName('bill', whose, end),
      alt: billAlt(words, bill),
      chart: billChartOf(bill, guidance),
    },
  };
};
