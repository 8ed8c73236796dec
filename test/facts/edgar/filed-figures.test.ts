import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCompanies } from '../../../src/facts/companies.ts';
import { type DerivedQuarter, deriveBalances, quartersOf } from '../../../src/facts/edgar/derive.ts';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import type { FiledMetric } from '../../../src/facts/edgar/filer.ts';
import { withoutImplausible, withoutImplausibleQuarters } from '../../../src/facts/edgar/implausible-rows.ts';
import { loadFacts } from '../../../src/facts/fact-files.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { kindOf } from '../../../src/facts/metric.ts';
import { isQuarter } from '../../../src/facts/period.ts';
import { daysBetween } from '../../../src/util/day.ts';
import { root } from '../../../src/util/read-config.ts';
import { filedRows } from './filed-figures.ts';

const ledger = createLedger(loadFacts(join(root, 'config/facts')));
const { filers } = loadCompanies(join(root, 'config/companies.yaml'));

const derive = (symbol: string, metric: FiledMetric) => {
  const company = filers.find(({ subject }) => subject === symbol);
  const figure = company?.figures[metric];
  if (!company || !figure) throw new Error(`no ${metric} of ${symbol}`);
  const rows = figure.tags.flatMap(({ tag }) => filedRows(symbol, tag));
  return { figure, rows, quarters: quartersOf(company, figure, (tag) => filedRows(symbol, tag), kindOf(metric)) };
};

/** The value filed last for the quarter that ends on a day. */
const millions = (quarters: readonly DerivedQuarter[], end: string): number =>
  (quarters.findLast(({ period }) => period.end === end)?.value ?? Number.NaN) / 1e6;

/** Quarters filed, of them on the shelf, and one of them in millions as the company told it. */
const FILED = [
  ['AAPL', 'capex_cash', 10, 10, '2024-09-28', 2_908],
  ['AAPL', 'operating_cash_flow', 10, 10, '2024-09-28', 26_811],
  ['AAPL', 'revenue', 10, 10, '2024-09-28', 94_930],
  ['AAPL', 'rd_expense', 10, 10, '2024-09-28', 7_765],
  ['MSFT', 'capex_cash', 14, 14, '2024-06-30', 13_873],
  ['MSFT', 'operating_cash_flow', 14, 14, '2024-06-30', 37_195],
  ['MSFT', 'revenue', 14, 14, '2024-06-30', 64_727],
  ['MSFT', 'rd_expense', 14, 14, '2024-06-30', 8_056],
  ['MSFT', 'finance_lease_principal', 14, 14, '2024-06-30', 390],
  ['MSFT', 'rpo', 14, 14, '2025-12-31', 631_000],
  ['NVDA', 'capex_cash', 15, 13, '2025-01-26', 1_077],
  // 64,089 of the year less 47,460; Nvidia told 16,628.
  ['NVDA', 'operating_cash_flow', 19, 13, '2025-01-26', 16_629],
  ['NVDA', 'revenue', 20, 13, '2025-01-26', 39_331],
  ['NVDA', 'rd_expense', 20, 13, '2025-01-26', 3_714],
] as const;

describe.each(FILED)('of what %s filed, %s', (symbol, metric, count, known, end, golden) => {
  const { figure, rows, quarters } = derive(symbol, metric);
  const shelf = ledger
    .figures(symbol, metric, '2026-12-31', figure.basis)
    .filter(({ period }) => kindOf(metric) === 'balance' || isQuarter(period));

  it('is every quarter, once, as it is on the shelf, to within two million', () => {
    expect(new Set(quarters.map(({ period }) => period.end)).size).toBe(count);
    expect(quarters).toHaveLength(count);
    expect(millions(quarters, end)).toBe(golden);
    const both = shelf.filter(({ period }) => quarters.some((it) => it.period.end === period.end));
    expect(both).toHaveLength(known);
    for (const { period, value = 0 } of both)
      expect(Math.abs(millions(quarters, period.end) - value)).toBeLessThanOrEqual(2);
  });

  it('adds up to every year that was filed, to within three million', () => {
    const years = rows.filter(({ start, end: last }) => start !== undefined && daysBetween(start, last) > 350);
    if (kindOf(metric) === 'flow') expect(years.length).toBeGreaterThan(1);
    for (const { start = '', end: last, value } of years) {
      const own = quarters.filter(({ period }) => (period.start ?? '') >= start && period.end <= last);
      if (own.length < 4) continue;
      expect(Math.abs(own.reduce((sum, it) => sum + it.value, 0) - value)).toBeLessThanOrEqual(3e6);
    }
  });

  it('is held back nowhere', () => {
    expect(withoutImplausible(metric, rows).held).toEqual([]);
    expect(withoutImplausibleQuarters(metric, quarters, rows).held).toEqual([]);
  });
});

describe('balances', () => {
  it('are those at the ends of Nvidia’s quarters, which are no ends of months', () => {
    const balances = deriveBalances(filedRows('NVDA', 'RevenueRemainingPerformanceObligation'), {
      cik: 1045810,
      yearEnd: 1,
    });
    expect(balances).toHaveLength(20);
    expect(balances.at(-1)).toMatchObject({
      period: { label: 'FY2027 Q1', end: '2026-04-26' },
      value: 2_600_000_000,
      published: '2026-05-20',
      note: 'balance as filed',
    });
    expect(balances.map(({ period }) => period.label).slice(0, 3)).toEqual(['FY2022 Q2', 'FY2022 Q3', 'FY2022 Q4']);
  });

  const balance = (end: string, millions: number, filed: string): FiledRow => ({
    ...{ end, value: millions * 1e6, accession: `0000000000-${filed}`, form: '10-Q', filed },
  });
  const brief = (rows: readonly FiledRow[]): string[] =>
    deriveBalances(rows, { cik: 1, yearEnd: 6 }).map(
      ({ period, value, restates }) =>
        `${period.label} ${period.end} ${value / 1e6}${restates ? ` was told ${restates}` : ''}`,
    );

  it('are told once however often they are filed, and again when they are restated', () => {
    expect(
      brief([
        balance('2024-06-30', 275_000, '2024-07-30'),
        balance('2024-06-30', 275_000, '2024-10-30'),
        balance('2024-06-30', 269_000, '2025-01-29'),
        balance('2024-03-31', 242_000, '2024-04-25'),
      ]),
    ).toEqual([
      'FY2024 Q3 2024-03-31 242000',
      'FY2024 Q4 2024-06-30 275000',
      'FY2024 Q4 2024-06-30 269000 was told 2024-07-30',
    ]);
  });

  it('on other days are left out, and so are flows', () => {
    const flow = { ...balance('2024-06-30', 1, '2024-07-30'), start: '2024-04-01' };
    expect(brief([balance('2024-05-15', 1, '2024-07-30'), flow])).toEqual([]);
  });
});
