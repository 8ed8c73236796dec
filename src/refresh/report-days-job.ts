import type { Companies } from '../facts/companies.ts';
import type { Calendar } from '../market/calendar.ts';
import { type Listed, type Source, SourceError } from '../market/source.ts';
import type { Watchlist } from '../market/watchlist.ts';
import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { createScheduledJob } from '../schedule/scheduled-job.ts';
import { readReportDays, writeReportDays } from '../store/report-days.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { DAY_MS, HOUR_MS } from '../util/durations.ts';

export interface ReportDaysParts {
  readonly store: Store;
  readonly source: Source;
  readonly watchlist: Watchlist;
  readonly companies: Companies;
  readonly calendar: Calendar;
  readonly log: Logger;
}

/** Asks the source for the next report days: once a week, and the day after a report. */
export const createReportDaysJob = (parts: ReportDaysParts): PiecewiseJob => {
  const { store, source, watchlist, companies, calendar } = parts;
  const listed: Listed[] = companies.filers.flatMap(({ subject }) => {
    const tickers = watchlist.symbols.get(subject)?.tickers;
    return tickers ? [{ symbol: subject, ticker: tickers[source.name.toLowerCase()] ?? subject }] : [];
  });
  return createScheduledJob(
    {
      name: 'report days',
      retryMs: HOUR_MS,
      dueAfter: async (ranAt) => {
        const days = (await readReportDays(store.db, ranAt)) ?? [];
        const [first] = days.filter(({ day }) => day >= calendar.dayOf(ranAt));
        const reported = first ? calendar.usualClose(first.day) + DAY_MS : Number.POSITIVE_INFINITY;
        return Math.min(ranAt + 7 * DAY_MS, Math.max(reported, ranAt + DAY_MS));
      },
      run: async (now) => {
        let failed: string | undefined;
        let known = 0;
        for (const { symbol, ticker } of source.reportDay ? listed : []) {
          try {
            const found = await source.reportDay?.({ symbol, ticker }, now);
            if (!found) continue;
            await writeReportDays(store.db, [{ symbol, ...found }], now);
            known += 1;
          } catch (error) {
            if (!(error instanceof SourceError)) throw error;
            failed = error.message;
            if (error.fault === 'throttled' || error.fault === 'unreachable') break;
          }
        }
        return { counts: { companies: known }, ...(failed !== undefined && { failed }) };
      },
    },
    parts,
  );
};
