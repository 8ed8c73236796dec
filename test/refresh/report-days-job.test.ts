import { expect, onTestFinished, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { type Source, SourceError } from '../../src/market/source.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { createReportDaysJob } from '../../src/refresh/report-days-job.ts';
import { readJobRun } from '../../src/store/job-runs.ts';
import { readReportDays, writeReportDays } from '../../src/store/report-days.ts';
import { silent } from '../../src/telemetry/log.ts';
import { DAY_MS, HOUR_MS } from '../../src/util/durations.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { openTestStore } from '../store/temporary.ts';

const MONDAY = Date.parse('2026-04-20T12:00:00Z');
const SEVEN = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA'];

const setUp = async () => {
  const yahoo = await startYahooDouble();
  onTestFinished(() => yahoo.close());
  const store = await openTestStore();
  const source = createYahoo({ url: yahoo.url, log: silent, wait: async () => {}, random: () => 0 });
  const config = { watchlist: loadWatchlist(), companies: loadCompanies() };
  const parts = { ...config, store, source, calendar: loadCalendar(), log: silent };
  const requestCount = () => yahoo.requests.filter(({ endpoint }) => endpoint === 'events').length;
  const jobWith = (change: Partial<Source>) => createReportDaysJob({ ...parts, source: { ...source, ...change } });
  return { yahoo, store, requestCount, jobWith, job: createReportDaysJob(parts) };
};

test('the seven are requested once a week, and stored with whether the day is estimated', async () => {
  const { yahoo, store, requestCount, job } = await setUp();
  for (const ticker of SEVEN) yahoo.setReport(ticker, { dates: [Date.parse('2026-05-20T20:00:00Z')] });
  yahoo.setReport('MSFT', { dates: [Date.parse('2026-05-18T10:59:00Z'), Date.parse('2026-05-22T12:00:00Z')] });
  await job.run(MONDAY);
  expect(requestCount()).toBe(7);
  const days = await readReportDays(store.db, MONDAY);
  expect(days).toHaveLength(7);
  expect(days?.[0]).toEqual({ symbol: 'MSFT', day: '2026-05-18', estimated: true });
  expect(days?.[1]).toMatchObject({ day: '2026-05-20', estimated: false });
  await job.run(MONDAY + 6 * DAY_MS);
  expect(requestCount()).toBe(7);
  await job.run(MONDAY + 7 * DAY_MS);
  expect(requestCount()).toBe(14);
  expect((await readJobRun(store.db, 'report days'))?.result).toEqual({ counts: { companies: 7 } });
});

test('the day after a report they are requested again', async () => {
  const { yahoo, requestCount, job } = await setUp();
  for (const ticker of SEVEN) yahoo.setReport(ticker, { dates: [Date.parse('2026-04-22T20:00:00Z')] });
  await job.run(MONDAY);
  await job.run(MONDAY + 2 * DAY_MS);
  expect(requestCount()).toBe(7);
  await job.run(Date.parse('2026-04-23T20:00:00Z'));
  expect(requestCount()).toBe(14);
});

test('a report that is due today does not bring the next request forward to less than a day', async () => {
  const { yahoo, store, job } = await setUp();
  for (const ticker of SEVEN) yahoo.setReport(ticker, { dates: [Date.parse('2026-04-20T20:00:00Z')] });
  // Late in the evening of the report: its closing bell a day on is less than a day away.
  const evening = Date.parse('2026-04-21T02:00:00Z');
  await job.run(evening);
  expect((await readJobRun(store.db, 'report days'))?.nextAt).toBe(evening + DAY_MS);
});

test('a report that is over does not bring the next request forward', async () => {
  const { store, jobWith } = await setUp();
  await writeReportDays(store.db, [{ symbol: 'MSFT', day: '2026-04-15', estimated: false }], MONDAY - 7 * DAY_MS);
  await jobWith({ reportDay: async () => undefined }).run(MONDAY);
  expect((await readJobRun(store.db, 'report days'))?.nextAt).toBe(MONDAY + 7 * DAY_MS);
});

test.each([
  ['unreachable', 1],
  ['throttled', 1],
  ['unreadable', 7],
] as const)('after a failure as %s, %i of the seven are requested in all', async (fault, asked) => {
  const { jobWith } = await setUp();
  const symbols: string[] = [];
  const job = jobWith({
    reportDay: async ({ symbol }) => {
      symbols.push(symbol);
      throw new SourceError('Yahoo', fault, 'no answer');
    },
  });
  await job.run(MONDAY);
  expect(symbols).toHaveLength(asked);
});

test('while Yahoo throttles, known days stay, and the request is retried an hour later', async () => {
  const { yahoo, store, job } = await setUp();
  for (const ticker of SEVEN) yahoo.setReport(ticker, { dates: [Date.parse('2026-05-20T20:00:00Z')] });
  await job.run(MONDAY);
  yahoo.fail(({ endpoint }) => (endpoint === 'events' ? 'json-429' : undefined));
  await job.run(MONDAY + 7 * DAY_MS);
  const run = await readJobRun(store.db, 'report days');
  expect(run?.result).toMatchObject({ failed: expect.stringContaining('Yahoo') });
  expect(run?.nextAt).toBe(MONDAY + 7 * DAY_MS + HOUR_MS);
  expect(await readReportDays(store.db, MONDAY + 7 * DAY_MS)).toHaveLength(7);
});
