import { shareSubmissions } from '../facts/edgar/share-submissions.ts';
import type { ReportDay } from '../facts/report-day.ts';
import type { Calendar } from '../market/calendar.ts';
import { newYorkTime } from '../market/exchange-time.ts';
import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { createScheduledJob } from '../schedule/scheduled-job.ts';
import { readOpenFigures } from '../store/filed-facts.ts';
import { writeMark } from '../store/meta.ts';
import { readReportDays } from '../store/report-days.ts';
import { addDays, type Day } from '../util/day.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { FILINGS_READ } from './filings-read.ts';
import { refreshFromDocuments } from './refresh-documents.ts';
import { type RefreshParts, refreshFromFilings } from './refresh-facts.ts';

/** Retry after a check that failed for some company, unless the next one is due sooner. */
const RETRY_MS = 15 * MINUTE_MS;

/** Intervals of checks: on the evening of a report, and on any other evening, when a report day may not be known. */
const REPORT_EVENING_MS = 5 * MINUTE_MS;
const EVENING_MS = 10 * MINUTE_MS;

/** EDGAR accepts filings from 06:00 to 22:00 New York, and their figures follow. What comes after 17:30 has the next day's date. */
const FILING_DAY: readonly [opens: string, closes: string] = ['06:00', '22:30'];
const LAST_OF_DAY = '17:30';

/** When to check, from an instant until before another, epoch milliseconds, and how often. */
interface Window {
  readonly from: number;
  readonly to: number;
  readonly everyMs: number;
}

const bellOf = (calendar: Calendar, day: Day): number => calendar.hours(day)?.close ?? calendar.usualClose(day);

/** From the closing bell of the day of a report to the end of filing. */
const reportEvening = (calendar: Calendar, day: Day): Window => ({
  from: bellOf(calendar, day),
  to: newYorkTime(day, FILING_DAY[1]),
  everyMs: REPORT_EVENING_MS,
});

/** From the closing bell of a session to the end of its filing date. */
const evening = (calendar: Calendar, day: Day): Window[] =>
  calendar.hours(day) ? [{ from: bellOf(calendar, day), to: newYorkTime(day, LAST_OF_DAY), everyMs: EVENING_MS }] : [];

/** How often figures of results that are out are asked for: they mostly follow within minutes or on the next morning. */
const awaitingInterval = (ageMs: number): number =>
  ageMs < 6 * HOUR_MS ? 5 * MINUTE_MS : ageMs < 4 * DAY_MS ? 15 * MINUTE_MS : HOUR_MS;

const filingDay = (day: Day, everyMs: number): Window => ({
  from: newYorkTime(day, FILING_DAY[0]),
  to: newYorkTime(day, FILING_DAY[1]),
  everyMs,
});

/**
 * When to check for filings after a check at `readAt`, epoch milliseconds: a day later; every five minutes on the evening
 * of a report and every ten on those of other sessions; and while results are out without their figures (`released`, epoch
 * milliseconds), every five minutes for six hours, every 15 for four days, and then hourly, while EDGAR takes filings.
 */
export const nextFilingCheck = (
  calendar: Calendar,
  reports: readonly ReportDay[],
  readAt: number,
  released: readonly number[] = [],
): number => {
  const today = calendar.dayOf(readAt);
  const days = [today, addDays(today, 1)];
  const awaiting = Math.min(...released.map((at) => awaitingInterval(readAt - at)));
  const windows = [
    ...reports.map(({ day }) => reportEvening(calendar, day)),
    ...days.flatMap((day) => evening(calendar, day)),
    ...(released.length === 0 ? [] : days.map((day) => filingDay(day, awaiting))),
  ];
  const checks = windows.flatMap(({ from, to, everyMs }) => {
    const next = Math.max(from, readAt + everyMs);
    return next < to ? [next] : [];
  });
  return Math.min(readAt + DAY_MS, ...checks);
};

/** When results came out whose figures are not in the filings yet, epoch milliseconds. */
const readReleased = async ({ store }: Pick<RefreshParts, 'store'>): Promise<number[]> =>
  (await readOpenFigures(store.db)).flatMap((open) => (open.state === 'released' ? [open.at] : []));

/** Checks for new filings as `nextFilingCheck` says, and at most 15 minutes after a failed check. */
export const createRefreshJob = (parts: RefreshParts & { readonly calendar: Calendar }): PiecewiseJob => {
  const dueAfter = async (ranAt: number): Promise<number> => {
    const reports = (await readReportDays(parts.store.db, ranAt)) ?? [];
    return nextFilingCheck(parts.calendar, reports, ranAt, await readReleased(parts));
  };
  return createScheduledJob(
    {
      name: 'refresh',
      retryMs: RETRY_MS,
      dueAfter,
      run: async (now) => {
        const round = { ...parts, client: shareSubmissions(parts.client) };
        const filings = await refreshFromFilings(round, now);
        // What the filings' data has goes first: it is news, and a document may take a while.
        const documents = await refreshFromDocuments(round, now, filings.failed);
        const failed = [...filings.failed, ...documents.failed];
        const waiting = [...filings.waiting, ...documents.waiting];
        const counts = { quarters: filings.newQuarters.length };
        if (failed.length > 0)
          return {
            counts,
            failed: failed.map(({ subject, reason }) => `${subject}: ${reason}`).join('; '),
            nextRunMs: Math.min(RETRY_MS, (await dueAfter(now)) - now),
          };
        if (waiting.length > 0)
          return {
            counts: { ...counts, waiting: waiting.length },
            ...(documents.waiting.length > 0 && { nextRunMs: Math.min(RETRY_MS, (await dueAfter(now)) - now) }),
          };
        await writeMark(parts.store.db, FILINGS_READ, now);
        return { counts };
      },
    },
    parts,
  );
};
