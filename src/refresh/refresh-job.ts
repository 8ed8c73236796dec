import type { Calendar } from '../market/calendar.ts';
import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { scheduledJob } from '../schedule/task.ts';
import { writeMark } from '../store/meta.ts';
import { readReportDays } from '../store/report-days.ts';
import { type RefreshParts, refreshFromFilings } from './refresh-facts.ts';
import { nextLook } from './report-evenings.ts';

/** Name in the store of the instant at which all filings were last read to the end. */
export const FILINGS_READ = 'filings read';

/** After a look that failed in part, or that found a report whose figures were not all in. */
const AGAIN_MS = 15 * 60_000;

/** Looks for new filings every day, every 15 minutes on the evening of a report, and sooner where a look failed. */
export const createRefreshJob = (parts: RefreshParts & { readonly calendar: Calendar }): PiecewiseJob =>
  scheduledJob(
    {
      name: 'refresh',
      againMs: AGAIN_MS,
      dueAfter: async (ranAt) => nextLook(parts.calendar, (await readReportDays(parts.store.db, ranAt)) ?? [], ranAt),
      run: async (now) => {
        const { newQuarters, failed, waiting } = await refreshFromFilings(parts, now);
        const counts = { quarters: newQuarters.length };
        if (failed.length > 0)
          return { counts, failed: failed.map(({ subject, reason }) => `${subject}: ${reason}`).join('; ') };
        if (waiting.length > 0) return { counts: { ...counts, waiting: waiting.length }, againMs: AGAIN_MS };
        await writeMark(parts.store.db, FILINGS_READ, now);
        return { counts };
      },
    },
    parts,
  );
