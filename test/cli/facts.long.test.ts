import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkLive } from '../../src/cli/facts-check-live.ts';
import { refresh } from '../../src/cli/facts-refresh.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { FACTS_FOLDER, loadFacts, readFactFiles } from '../../src/facts/fact-files.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { newYorkDay } from '../../src/market/exchange-time.ts';
import { root } from '../../src/util/read-config.ts';
import { startEdgarDouble } from '../doubles/edgar/index.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { amounts, report } from '../facts/edgar/inline/report.ts';
import { META, PPE, setFigures } from '../facts/edgar/reports.ts';
import { tenQ } from '../facts/edgar/rows.ts';
import { CONTACT, createSimulatedClock } from '../facts/edgar/setup.ts';
import { type Ended, slidewatch, withEnv } from './in-process.ts';

const run = (...args: string[]): Promise<Ended> => slidewatch('facts', ...args);

const shown = async (...args: string[]): Promise<Record<string, unknown>[]> =>
  JSON.parse((await run('show', ...args, '--format', 'json')).out);

describe('facts show', () => {
  test('knows nothing of the quarter that Microsoft published the day after', async () => {
    const known = await shown('MSFT', '--as-of', '2024-07-29');
    expect(known.length).toBeGreaterThan(20);
    expect(known.filter(({ published }) => String(published) > '2024-07-29')).toEqual([]);
    expect(known.filter(({ end }) => String(end) === '2024-06-30')).toEqual([]);
  });

  test('knows it on the day after', async () => {
    expect(await shown('MSFT', '--as-of', '2024-07-31')).toContainEqual(
      expect.objectContaining({
        symbol: 'MSFT',
        metric: 'capex_cash',
        fiscalPeriod: 'FY2024 Q4',
        start: '2024-04-01',
        end: '2024-06-30',
        value: 13873,
        unit: 'USD_M',
        basis: 'cash_ppe',
        published: '2024-07-30',
      }),
    );
  });

  test('takes any name of a company', async () => {
    expect((await shown('엔비디아', '--as-of', '2024-07-31'))[0]).toMatchObject({ symbol: 'NVDA' });
  });

  test('prints tables with guidance and what became of it', async () => {
    const { out } = await run('show', 'META', '--as-of', '2024-07-31');
    expect(out).toContain('META as known by the end of 2024-07-31');
    expect(out).toContain('37–40B, narrowed from 35–40B on 2024-07-31');
    expect(out).toMatch(/capex \/ operating cash flow +\d+%/);
  });

  test('takes a minute in New York', async () => {
    const { out } = await run('show', 'MSFT', '--as-of', '2024-07-30T15:59');
    expect(out).toContain('MSFT as known on 2024-07-30 at 15:59 in New York');
    expect(out).not.toContain('FY2024 Q4');
    expect((await run('show', 'MSFT', '--as-of', '2024-07-30T16:59')).out).toContain('FY2024 Q4');
  });

  test('shows both figures of what is disputed, with their sources, from the day of the second', async () => {
    const runRate = async (day: string) => {
      const { out } = await run('show', 'OPENAI', '--as-of', day);
      return out.split('\n').filter((line) => /^September 2026 .* run_rate/.test(line));
    };
    const [first, second, ...others] = await runRate('2026-10-08');
    expect(others).toEqual([]);
    expect(first).toMatch(
      / 50,000 +disputed +run_rate +2026-10-08 +report of 8 October 2026, via Benzinga \(secondary\)$/,
    );
    expect(second).toMatch(
      / 68,000 +disputed +run_rate +2026-09-29 by 23:59 +Axios of 29 September 2026, via Bloomberg/,
    );
    expect(await runRate('2026-10-07')).toEqual([expect.stringMatching(/ 68,000 +run_rate/)]);
    const both = (await shown('OPENAI', '--as-of', '2026-10-08')).filter(({ end }) => end === '2026-09-29');
    expect(both.map(({ value, disputes }) => [value, disputes])).toEqual([
      [68_000, undefined],
      [50_000, expect.stringMatching(/annualised_revenue.*2026-09-29$/)],
    ]);
  });

  test('sums the four hyperscalers, with how many have reported', async () => {
    const four = await shown('FOUR', '--as-of', '2024-07-30');
    expect(four[0]).toMatchObject({ end: '2024-06-30', reported: 2, of: 4 });
    expect(four[1]).toMatchObject({ end: '2024-03-31', capex: 44289, reported: 4, of: 4 });
    const { out } = await run('show', 'four', '--as-of', '2026-08-30');
    expect(out).toMatch(/^2026-06-30 +165,050 +4 of 4 +96% +\+87%$/m);
  });

  test.each([
    [['show', 'nvdia'], /no figures for "nvdia"; expected one of AAPL/],
    [['show', 'MSFT', '--as-of', '2024-02-30'], /--as-of "2024-02-30": expected a date/],
    [['show', 'MSFT', '--as-of', '2024-07-30T24:00'], /--as-of "2024-07-30T24:00": expected a date, YYYY-MM-DD, or a/],
    [['show', 'MSFT', '--as-of', '2024-07-30T4pm'], /expected a date, YYYY-MM-DD, or a minute in New York/],
    [['show', 'MSFT', '--as-of', '2024-03-10T02:30'], /--as-of "2024-03-10T02:30": .*that its clocks show$/m],
    [['show', 'MSFT', '--format', 'xml'], /--format "xml": expected json or text/],
  ])('%j ends in one line and status 2', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
  });
});

test('facts check finds no fault in the facts of the companies that ship', async () => {
  withEnv({ SLIDEWATCH_CONFIG: '' });
  const { code, out } = await run('check');
  expect(code).toBe(0);
  const files = readFactFiles(FACTS_FOLDER).length;
  expect(out).toMatch(/^\d+ first-hand, \d+ secondary; \d+ undated, which count from 16:00$/m);
  expect(out).toMatch(
    /^9[5-9]\.\d% of capex, cash flow, revenue, cloud and guidance first-hand, all with a link to a page$/m,
  );
  expect(out).toMatch(new RegExp(`^\\d{3} figures in ${files} files, no problems\n`));
});

test('facts refresh without a contact says which variable to set', async () => {
  withEnv({ DATABASE_URL: 'sqlite::memory:' });
  const { code, err } = await slidewatch('facts', 'refresh');
  expect(err).toMatch(/^.*EDGAR_CONTACT.*$/m);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});

test('facts check --live shows where Yahoo tells another figure', async () => {
  const yahoo = await startYahooDouble();
  onTestFinished(() => yahoo.close());
  for (const symbol of ['MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA']) yahoo.setFundamentals(symbol, []);
  yahoo.setFundamentals('AAPL', [
    { end: '2024-06-30', lines: { CapitalExpenditure: -2_151_000_000, TotalRevenue: 90_000_000_000 } },
  ]);
  const ledger = createLedger(loadFacts(join(root, 'config/facts')));
  let stdout = '';
  const print = (text: string): void => {
    stdout += text;
  };
  expect(await checkLive(ledger, print, { url: yahoo.url, now: Date.parse('2024-09-01') })).toBe(true);
  expect(stdout).toMatch(/^AAPL: quarters compared with Yahoo: 1, differences: 1$/m);
  expect(stdout).toMatch(/^ {2}.*revenue.*85[,.]?777.*90[,.]?000.*$/m);
  expect(stdout).toMatch(/^MSFT: quarters compared with Yahoo: 0, differences: 0$/m);
});

/** EDGAR on a clock that only waiting moves, and the URL of a database that is not there yet. */
const edgarScene = async () => {
  const time = createSimulatedClock();
  const edgar = await startEdgarDouble({ clock: time.clock });
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-facts-'));
  onTestFinished(async () => {
    await edgar.close();
    rmSync(folder, { recursive: true });
  });
  return { time, edgar, database: `sqlite:${join(folder, 'facts.db')}` };
};

/** What `facts refresh` prints, on a clock that only waiting moves. */
const refreshed = async ({ clock, wait }: ReturnType<typeof createSimulatedClock>): Promise<string> => {
  let printed = '';
  const print = (text: string): void => {
    printed += text;
  };
  expect(await refresh(print, { clock, wait })).toBe(true);
  return printed;
};

test('facts refresh, facts check and the doctor name the figures that are late, and those that are held back', async () => {
  const { time, edgar, database } = await edgarScene();
  const [summer, autumn] = [tenQ('2025-07-30'), tenQ('2025-10-28')];
  for (const { cik } of loadCompanies().filers) edgar.addFiling(cik, summer);
  edgar.addFiling(META, autumn);
  const spent = { '2025-01-01/2025-06-30': 52_000 };
  setFigures(edgar, META, [[summer, spent]]);
  const turned = { '2025-01-01/2025-09-30': -84_000 };
  setFigures(
    edgar,
    META,
    [
      [summer, spent],
      [autumn, turned],
    ],
    [PPE],
  );
  withEnv({ EDGAR_URL: edgar.url, EDGAR_CONTACT: CONTACT, DATABASE_URL: database });
  const out = await refreshed(time);
  const late = 'revenue of the report filed 2025-10-28 is not available yet; it is asked for daily';
  const held = 'capex_cash of the report filed 2025-10-28 cannot be right and is held back until it is corrected';
  for (const text of [late, held]) expect(out).toMatch(new RegExp(`^META +${text}$`, 'm'));
  // No port answers there: only the lines about filings matter.
  withEnv({ YAHOO_URL: 'http://127.0.0.1:9', DATABASE_URL: database, LOG_LEVEL: 'silent' });
  const { out: found } = await slidewatch('doctor');
  for (const text of [late, held]) expect(found).toContain(`--  filings: META, ${text}\n`);
  // The shipped companies, whose figures are checked.
  withEnv({ SLIDEWATCH_CONFIG: '', DATABASE_URL: database, LOG_LEVEL: 'silent' });
  const { out: checked } = await run('check');
  for (const text of [late, held]) expect(checked).toContain(`\nMETA: ${text}\n`);
});

test('facts refresh, facts check and the doctor name results whose figures are not filed yet, and tags that are lost', async () => {
  const { time, edgar, database } = await edgarScene();
  const reports = [tenQ('2025-04-30'), tenQ('2025-07-30'), tenQ('2025-10-28')] as const;
  for (const { cik } of loadCompanies().filers) edgar.addFiling(cik, reports[0]);
  for (const report of reports.slice(1)) edgar.addFiling(META, report);
  const accepted = Date.parse('2026-01-28T21:05:40Z');
  edgar.addFiling(META, { accession: '8k', form: '8-K', filed: '2026-01-28', items: '2.02,9.01', accepted });
  const ofReports = reports.map(
    (report, place) =>
      [report, { [`2025-01-01/${['2025-03-31', '2025-06-30', '2025-09-30'][place]}`]: 20_000 * (place + 1) }] as const,
  );
  setFigures(edgar, META, ofReports);
  setFigures(edgar, META, ofReports.slice(0, 1), [PPE]);
  withEnv({ EDGAR_URL: edgar.url, EDGAR_CONTACT: CONTACT, DATABASE_URL: database, LOG_LEVEL: 'silent' });
  const out = await refreshed(time);
  const texts = [
    "results have been out since 2026-01-28 16:05 New York; their figures are not in the filings' data yet and are asked for until they are",
    'capex_cash of the report filed 2025-10-28 is missing, as in the report before; its tag may have changed: see config/companies.yaml',
  ];
  for (const text of texts) expect(out).toMatch(new RegExp(`^META +${text}$`, 'm'));
  // No port answers there: only the lines about filings matter.
  withEnv({ YAHOO_URL: 'http://127.0.0.1:9', DATABASE_URL: database, LOG_LEVEL: 'silent' });
  const { out: found } = await slidewatch('doctor');
  for (const text of texts) expect(found).toContain(`--  filings: META, ${text}\n`);
  // The shipped companies, whose figures are checked.
  withEnv({ SLIDEWATCH_CONFIG: '', DATABASE_URL: database, LOG_LEVEL: 'silent' });
  const { out: checked } = await run('check');
  for (const text of texts) expect(checked).toContain(`\nMETA: ${text}\n`);
});

test('facts refresh, facts check and the doctor name the segment figures that a report lacks', async () => {
  const { time, edgar, database } = await edgarScene();
  for (const { cik } of loadCompanies().filers) edgar.addFiling(cik, tenQ('2026-07-30'));
  const filed = newYorkDay(Date.now());
  const filing = { ...tenQ(filed), accession: '0001326801-26-000099', document: 'meta.htm' };
  edgar.addFiling(META, filing);
  edgar.setDocument(META, filing.accession, 'meta.htm', {
    body: report(
      amounts('us-gaap:Revenues', { 'srt:ProductOrServiceAxis': 'meta:Ads' }, { [`2026-01-01/${filed}`]: '1' }),
    ),
  });
  withEnv({ EDGAR_URL: edgar.url, EDGAR_CONTACT: CONTACT, DATABASE_URL: database, LOG_LEVEL: 'silent' });
  const text = `ad_revenue of the report filed ${filed} is not in it where it was; its marks may have changed: see config/companies.yaml`;
  expect(await refreshed(time)).toMatch(new RegExp(`^META +${text}$`, 'm'));
  // No port answers there: only the lines about filings matter.
  withEnv({ YAHOO_URL: 'http://127.0.0.1:9', DATABASE_URL: database, LOG_LEVEL: 'silent' });
  expect((await slidewatch('doctor')).out).toContain(`--  filings: META, ${text}\n`);
  withEnv({ SLIDEWATCH_CONFIG: '', DATABASE_URL: database, LOG_LEVEL: 'silent' });
  expect((await run('check')).out).toContain(`\nMETA: ${text}\n`);
});

test('facts refresh fills the database, and facts show has what it brought', async () => {
  const { time, edgar, database } = await edgarScene();
  const autumn = tenQ('2026-10-28');
  for (const { cik } of loadCompanies().filers) edgar.addFiling(cik, cik === META ? autumn : tenQ('2026-07-30'));
  setFigures(edgar, META, [
    [tenQ('2026-07-30'), { '2026-01-01/2026-06-30': 52_000 }],
    [autumn, { '2026-01-01/2026-09-30': 84_000 }],
  ]);
  const ads = { 'srt:ProductOrServiceAxis': 'us-gaap:AdvertisingMember' };
  const told = amounts('us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax', ads, {
    '2026-07-01/2026-09-30': '60,000',
  });
  edgar.setDocument(META, autumn.accession, 'report.htm', { body: report(told) });
  const env = { EDGAR_URL: edgar.url, EDGAR_CONTACT: CONTACT, DATABASE_URL: database };
  withEnv(env);
  expect(await refreshed(time)).toMatch(/^META +3 new figures, up to 2026 Q3$/m);
  expect(await refreshed(time)).toBe('Nothing new.\n');
  const { out } = await slidewatch('facts', 'show', 'META', '--as-of', '2026-11-01', '--format', 'json');
  expect(JSON.parse(out)).toContainEqual(
    expect.objectContaining({ metric: 'capex_cash', fiscalPeriod: '2026 Q3', value: 32_000, published: '2026-10-28' }),
  );
});
