import type { Ledger } from '../../facts/ledger.ts';
import { isQuarter } from '../../facts/period.ts';
import type { SessionDate } from '../../market/calendar.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import { readOpenFigures } from '../../store/filed-facts.ts';
import { readReportDays } from '../../store/report-days.ts';
import type { Db } from '../../store/store.ts';

/** By symbol, whether a company's results of this day are out or still due. */
export type Results = ReadonlyMap<string, 'out' | 'due'>;

/**
 * Which companies report on a day, by anything that says so: the source's report days, a release that was seen without its
 * figures, and figures in the ledger.
 */
export const resultsOf = async (db: Db, ledger: Ledger, day: SessionDate, now: number): Promise<Results> => {
  const due = ((await readReportDays(db, now)) ?? []).flatMap((report) => (report.day === day ? report.symbol : []));
  const released = (await readOpenFigures(db)).flatMap((open) =>
    open.state === 'released' && newYorkDay(open.at) === day ? open.subject : [],
  );
  const known = ledger
    .known(now)
    .filter(({ published, value, period }) => published === day && value !== undefined && isQuarter(period))
    .map(({ subject }) => subject);
  return new Map([
    ...due.map((symbol) => [symbol, 'due'] as const),
    ...[...released, ...known].map((symbol) => [symbol, 'out'] as const),
  ]);
};
