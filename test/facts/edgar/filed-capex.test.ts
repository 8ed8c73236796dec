import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadCompanies } from '../../../src/facts/companies.ts';
import { quartersOf } from '../../../src/facts/edgar/derive.ts';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import { loadFacts } from '../../../src/facts/fact-files.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { root } from '../../../src/util/read-config.ts';

const filed = (symbol: string): FiledRow[] =>
  readFileSync(join(import.meta.dirname, 'filed-capex.csv'), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line.startsWith(`${symbol},`))
    .map((line) => {
      const [, start = '', end = '', dollars = '', accession = '', form = '', day = ''] = line.split(',');
      return { start, end, value: Number(dollars), accession, form, filed: day };
    });

const ledger = createLedger(loadFacts(join(root, 'config/facts')));

/** "MSFT 2024-06-30": millions of US dollars. Microsoft's last quarter of a year is the year less nine months. */
it.each([
  ['MSFT', 14, '2024-06-30', 13_873],
  ['AAPL', 10, '2024-09-28', 2_908],
] as const)(
  'the quarters of what %s filed are those on the shelf, to within two million',
  (symbol, count, end, golden) => {
    const company = loadCompanies().filers.find(({ subject }) => subject === symbol);
    const figure = company?.figures.capex_cash;
    if (!company || !figure) throw new Error(`no capex of ${symbol}`);
    const quarters = quartersOf(company, figure, () => filed(symbol));
    const derived = new Map(quarters.map((quarter) => [quarter.period.end, quarter.value / 1_000_000]));
    const shelf = ledger.quarters(symbol, 'capex_cash', '2026-12-31', figure.basis);
    const both = shelf.filter(({ period }) => derived.has(period.end));
    expect(derived.get(end)).toBe(golden);
    expect(both).toHaveLength(count);
    expect(derived.size).toBe(count);
    for (const { period, value = 0 } of both)
      expect(Math.abs((derived.get(period.end) ?? 0) - value)).toBeLessThanOrEqual(2);
  },
);
