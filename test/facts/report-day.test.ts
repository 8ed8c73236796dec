import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { type Fact, factId } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { comingReports, nextReport, type ReportDay } from '../../src/facts/report-day.ts';
import { at } from './samples.ts';

const TODAY = '2024-07-30';
const NOON = at('2024-07-30 12:00');
const companies = loadCompanies();
const none = createLedger([]);

const on = (symbol: ReportDay['symbol'], day: string, estimated = false): ReportDay => ({ symbol, day, estimated });

test('reports from today to a week from now are listed, soonest first', () => {
  const days = [on('NVDA', '2024-08-07'), on('AAPL', '2024-08-06'), on('MSFT', TODAY), on('META', '2024-07-29')];
  expect(comingReports(days, none, TODAY, NOON)).toEqual([on('MSFT', TODAY), on('AAPL', '2024-08-06')]);
});

test('a company whose figures of today are known is left out', () => {
  const given = {
    subject: 'MSFT',
    metric: 'capex_cash',
    basis: 'cash_ppe',
    published: TODAY,
    period: { start: '2024-04-01', end: '2024-06-30' },
  } as const;
  const source = { title: 'Release', url: 'https://example.com/' };
  const fact: Fact = { ...given, id: factId(given), label: 'FY2024 Q4', value: 13_873, unit: 'USD_M', source };
  const ledger = createLedger([fact]);
  const days = [on('MSFT', TODAY)];
  expect(comingReports(days, ledger, TODAY, NOON)).toEqual(days);
  expect(comingReports(days, ledger, TODAY, at('2024-07-30 17:00'))).toEqual([]);
});

test('the next report for a symbol is the first day of its relevant companies, with all of that day', () => {
  const days = [on('AAPL', TODAY), on('MSFT', '2024-07-31', true), on('META', '2024-07-31'), on('AMZN', '2024-08-01')];
  expect(nextReport(days, companies, 'NVDA', NOON)).toEqual({
    day: '2024-07-31',
    symbols: ['MSFT', 'META'],
    estimated: true,
  });
  expect(nextReport(days, companies, 'AAPL', NOON)).toEqual({ day: TODAY, symbols: ['AAPL'], estimated: false });
  expect(nextReport([], companies, 'NVDA', NOON)).toBeUndefined();
});
