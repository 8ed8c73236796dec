import type { ReportDay } from '../facts/report-day.ts';
import type { Db } from './store.ts';

/**
 * The companies' next report days as known at `now` (epoch milliseconds), soonest first. Undefined if none is known.
 */
export const readReportDays = async (db: Db, now: number): Promise<ReportDay[] | undefined> => {
  const rows = await db
    .selectFrom('report_days')
    .select(['symbol', 'day', 'estimated'])
    .where('fetched_at', '<=', now)
    .orderBy('day')
    .orderBy('symbol')
    .execute();
  const days = rows.map(({ symbol, day, estimated }) => ({ symbol, day, estimated: estimated === 1 }));
  return days.length === 0 ? undefined : days;
};

/** Replaces the days of these companies; `now` is when they were fetched, epoch milliseconds. */
export const writeReportDays = async (db: Db, days: readonly ReportDay[], now: number): Promise<void> => {
  for (const { symbol, day, estimated } of days) {
    const row = { day, estimated: estimated ? 1 : 0, fetched_at: now };
    await db
      .insertInto('report_days')
      .values({ symbol, ...row })
      .onConflict((on) => on.column('symbol').doUpdateSet(row))
      .execute();
  }
};
