import { addDays, type Day, daysBetween } from '../../util/day.ts';
import { DAY_MS } from '../../util/durations.ts';
import { momentOf } from './acceptance.ts';
import type { Filer } from './filer.ts';
import { isReport, type ListedFiling } from './submissions.ts';

/** The 8-K with which a company released the results of a quarter, and the report on it once that is filed. */
export interface Release {
  readonly filing: ListedFiling;
  readonly report?: ListedFiling;
}

/** The item under which results are released, and also deliveries and preliminary figures. */
const RESULTS = '2.02';

/** Nobody closes the books faster: the seven take 16 days and more, deliveries and preliminary figures come within 8. */
const MIN_DAYS_TO_CLOSE = 12;

/** The last day for an annual report, and some to spare. */
const MAX_DAYS_TO_RELEASE = 65;

/** Nvidia's annual report of 2022 came 29 days after its results. */
const MAX_DAYS_TO_REPORT = 45;

/** A report this close to an 8-K with item 2.02 says that it was the results, however early. */
const MAX_DAYS_TOGETHER = 4;

const dayOf = ({ accepted }: ListedFiling): Day => momentOf(accepted).published;

/** The last month's end, on `day` or before, with which a quarter ends; a 52/53-week quarter ends some days off it. */
export const lastQuarterEnd = (day: Day, yearEnd: number): Day => {
  const { year, month } = Temporal.PlainDate.from(addDays(day, 1)).subtract({ months: 1 });
  const since = (((month - yearEnd) % 3) + 3) % 3;
  const last = Temporal.PlainDate.from({ year, month, day: 1 }).subtract({ months: since });
  return last.with({ day: last.daysInMonth }).toString();
};

const isCandidate = ({ form, items }: ListedFiling): boolean => form === '8-K' && items.includes(RESULTS);

/** Whether an 8-K comes when books can be closed: neither deliveries nor a warning. */
const isInTime = (filing: ListedFiling, yearEnd: number): boolean => {
  const day = dayOf(filing);
  const days = daysBetween(lastQuarterEnd(day, yearEnd), day);
  return days >= MIN_DAYS_TO_CLOSE && days <= MAX_DAYS_TO_RELEASE;
};

/** Whether `report` follows `filing` by at most so many days. */
const isFollowedWithin = (filing: ListedFiling, report: ListedFiling, days: number): boolean => {
  const passed = report.accepted.at - filing.accepted.at;
  return passed >= 0 && passed <= days * DAY_MS;
};

/**
 * The releases of results among a company's filings, oldest first: for each report the last 8-K with item 2.02 before it
 * and after the report before, and for the quarter that has no report yet the last one so far. One that comes too soon
 * after the quarter's end is none, unless the report is there within four days: Tesla tells its deliveries under the same
 * item, and Nvidia its preliminary results. Nor is one after the report on its quarter, which recasts old figures.
 */
export const findReleases = (filings: readonly ListedFiling[], { yearEnd }: Pick<Filer, 'yearEnd'>): Release[] => {
  const oldestFirst = filings.toSorted((a, b) => a.accepted.at - b.accepted.at);
  const candidates = oldestFirst.filter(isCandidate);
  const reports = oldestFirst.filter(isReport);
  const isAfter = (it: ListedFiling, report: ListedFiling | undefined): boolean =>
    report === undefined || it.accepted.at > report.accepted.at;
  const reported = reports.flatMap((report, index): Release[] => {
    const own = candidates.filter(
      (it) =>
        isAfter(it, reports[index - 1]) &&
        isFollowedWithin(it, report, MAX_DAYS_TO_REPORT) &&
        (isInTime(it, yearEnd) || isFollowedWithin(it, report, MAX_DAYS_TOGETHER)),
    );
    const filing = own.at(-1);
    return filing ? [{ filing, report }] : [];
  });
  const last = reports.at(-1);
  const isOfReported = (it: ListedFiling): boolean =>
    last !== undefined && lastQuarterEnd(dayOf(it), yearEnd) === lastQuarterEnd(dayOf(last), yearEnd);
  const filing = candidates.findLast((it) => isAfter(it, last) && isInTime(it, yearEnd) && !isOfReported(it));
  return [...reported, ...(filing ? [{ filing }] : [])];
};

/** The release whose report is not filed yet. */
export const withoutReport = (releases: readonly Release[]): Release | undefined =>
  releases.findLast(({ report }) => report === undefined);
