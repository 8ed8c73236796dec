import { describe, expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createFactStore } from '../../src/facts/fact-store.ts';
import type { ReportDay } from '../../src/facts/report-day.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createRefreshJob, nextFilingCheck } from '../../src/refresh/refresh-job.ts';
import { readJobRun } from '../../src/store/job-runs.ts';
import { meta } from '../facts/edgar/reports.ts';
import { stage } from '../facts/edgar/setup.ts';
import { openTestStore } from '../store/temporary.ts';

const calendar = loadCalendar();
const at = (text: string): number => Date.parse(text);
const reports = [{ symbol: 'MSFT', day: '2026-04-29', estimated: false }] as const;

/** All checks after `from` and before `to`. */
const checks = (from: string, to: string, ...more: [reports?: readonly ReportDay[], released?: readonly number[]]) => {
  const found: number[] = [];
  for (let look = at(from); look < at(to); ) {
    look = nextFilingCheck(calendar, more[0] ?? [], look, more[1]);
    found.push(look);
  }
  return found;
};

test('without a session filings are checked again a day later', () => {
  expect(nextFilingCheck(calendar, [], at('2026-04-18T12:00:00Z'))).toBe(at('2026-04-19T12:00:00Z'));
});

test('filings are checked every ten minutes from the bell until EDGAR gives them the next day as their date', () => {
  const evening = checks('2026-04-20T12:00:00Z', '2026-04-20T21:20:00Z');
  expect(evening).toHaveLength(9);
  expect(evening[0]).toBe(at('2026-04-20T20:00:00Z'));
  expect(evening[8]).toBe(at('2026-04-20T21:20:00Z'));
  expect(nextFilingCheck(calendar, [], at('2026-04-20T21:20:00Z'))).toBe(at('2026-04-21T20:00:00Z'));
  // On a Friday the day's check is the next.
  expect(nextFilingCheck(calendar, [], at('2026-04-24T21:20:00Z'))).toBe(at('2026-04-25T21:20:00Z'));
});

test('on the evening of a report filings are checked every five minutes while EDGAR takes them', () => {
  const evening = checks('2026-04-29T13:00:00Z', '2026-04-30T02:25:00Z', reports);
  // 16:00 to 22:25 New York.
  expect(evening).toHaveLength(78);
  expect(evening[0]).toBe(at('2026-04-29T20:00:00Z'));
  expect(evening[77]).toBe(at('2026-04-30T02:25:00Z'));
  expect(nextFilingCheck(calendar, reports, at('2026-04-30T02:25:00Z'))).toBe(at('2026-04-30T20:00:00Z'));
});

describe('while results are out without their figures, filings are checked', () => {
  const released = [at('2026-04-30T20:30:00Z')];
  const next = (now: string): number => nextFilingCheck(calendar, [], at(now), released);

  test('every five minutes at first', () => {
    expect(next('2026-04-30T20:31:00Z')).toBe(at('2026-04-30T20:36:00Z'));
    expect(next('2026-05-01T02:24:00Z')).toBe(at('2026-05-01T02:29:00Z'));
  });

  test('not at night, and again from six in the morning, when Apple files', () => {
    expect(next('2026-05-01T02:26:00Z')).toBe(at('2026-05-01T10:00:00Z'));
    expect(next('2026-05-01T10:00:00Z')).toBe(at('2026-05-01T10:15:00Z'));
  });

  test('every hour after four days', () => {
    expect(next('2026-05-04T20:29:00Z')).toBe(at('2026-05-04T20:39:00Z'));
    expect(next('2026-05-05T13:00:00Z')).toBe(at('2026-05-05T14:00:00Z'));
  });
});

test('the evening of an early close starts with it', () => {
  const early = [{ symbol: 'MSFT', day: '2026-11-27', estimated: true }] as const;
  expect(nextFilingCheck(calendar, early, at('2026-11-27T12:00:00Z'))).toBe(at('2026-11-27T18:00:00Z'));
});

test('a check that failed on an evening is made again as soon as the next is due, at other times after 15 minutes', async () => {
  const { double, client, log } = await stage();
  const store = await openTestStore();
  const job = createRefreshJob({
    ...{ store, client, log, calendar },
    factStore: createFactStore([], []),
    companies: { ...loadCompanies(), filers: meta },
    watchlist: loadWatchlist(),
    timeZone: 'America/New_York',
  });
  double.fail({ fault: 'truncated', times: Number.POSITIVE_INFINITY });
  const nextAfter = async (time: string): Promise<number | undefined> => {
    await job.run(at(time));
    return (await readJobRun(store.db, 'refresh'))?.nextAt;
  };
  expect(await nextAfter('2026-04-20T15:00:00Z')).toBe(at('2026-04-20T15:15:00Z'));
  expect(await nextAfter('2026-04-20T20:10:00Z')).toBe(at('2026-04-20T20:20:00Z'));
});
