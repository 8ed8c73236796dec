import type { ReportDay } from '../facts/report-day.ts';
import type { Calendar } from '../market/calendar.ts';
import { newYorkTime } from '../market/exchange-time.ts';
import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { createScheduledJob } from '../schedule/scheduled-job.ts';
import { writeMark } from '../store/meta.ts';
import { readReportDays } from '../store/report-days.ts';
import { addDays } from '../util/day.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import { type RefreshParts, refreshFromFilings } from './refresh-facts.ts';

/** Key in the store of the instant at which all filings were last read completely. */
export const FILINGS_READ = 'filings read';

/** Retry after a check that failed for some company, or that found a report with figures still missing. */
const RETRY_MS = 15 * MINUTE_MS;

/** Interval of checks on the evening of a report. */
const EVENING_INTERVAL_MS = 15 * MINUTE_MS;

/** From the closing bell of a New York day to midnight, epoch milliseconds. */
const eveningOf = (calendar: Calendar, day: string): readonly [from: number, to: number] => [
  calendar.hours(day)?.close ?? calendar.usualClose(day),
  newYorkTime(addDays(day, 1), '00:00'),
];

/**
 * When to check for filings after a check at `readAt`, epoch milliseconds: a day later, and every 15 minutes on the
 * evening of a report.
 */
export const nextFilingCheck = (calendar: Calendar, reports: readonly ReportDay[], readAt: number): number => {
  const evenings = reports.flatMap(({ day }) => {
    const [from, to] = eveningOf(calendar, day);
    const next = Math.max(from, readAt + EVENING_INTERVAL_MS);
    return next < to ? [next] : [];
  });
  return Math.min(readAt + DAY_MS, ...evenings);
};

/** Checks for new filings daily, every 15 minutes on the evening of a report, and 15 minutes after a failed check. */
export const createRefreshJob = (parts: RefreshParts & { readonly calendar: Calendar }): PiecewiseJob =>
  createScheduledJob(
    {
      name: 'refresh',
      retryMs: RETRY_MS,
      dueAfter: async (ranAt) =>
        nextFilingCheck(parts.calendar, (await readReportDays(parts.store.db, ranAt)) ?? [], ranAt),
      run: async (now) => {
        const { newQuarters, failed, waiting } = await refreshFromFilings(parts, now);
        const counts = { quarters: newQuarters.length };
        if (failed.length > 0)
          return { counts, failed: failed.map(({ subject, reason }) => `${subject}: ${reason}`).join('; ') };
        if (waiting.length > 0) return { counts: { ...counts, waiting: waiting.length }, nextRunMs: RETRY_MS };
        await writeMark(parts.store.db, FILINGS_READ, now);
        return { counts };
      },
    },
    parts,
  );
