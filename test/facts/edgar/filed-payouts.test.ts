import { expect, it } from 'vitest';
import { readCompanyfacts } from '../../../src/facts/edgar/companyfacts.ts';
import { quartersOf } from '../../../src/facts/edgar/derive.ts';
import { kindOf } from '../../../src/facts/metric.ts';
import { sharedOrSkip } from '../../shared.ts';
import { companies, curatedFacts } from '../samples.ts';

/** What the ledger has of a metric by last day, in millions. */
const curated = (subject: string, metric: string): Map<string, number | undefined> =>
  new Map(
    curatedFacts
      .filter((fact) => fact.subject === subject && fact.metric === metric)
      .map(({ period, value }) => [period.end, value]),
  );

it.for([
  ['MSFT', 'data/edgar/msft_companyfacts_trimmed.json', 'RevenueRemainingPerformanceObligation', 'rpo', 14],
  ['NVDA', 'data/edgar/nvda_companyfacts_trimmed.json', 'PaymentsForRepurchaseOfCommonStock', 'buybacks', 13],
  ['NVDA', 'data/edgar/nvda_companyfacts_trimmed.json', 'PaymentsOfDividends', 'dividends', 13],
  ['AAPL', 'data/edgar/aapl_companyfacts.stock_profiler.json', 'PaymentsForRepurchaseOfCommonStock', 'buybacks', 9],
  ['AAPL', 'data/edgar/aapl_companyfacts.stock_profiler.json', 'PaymentsOfDividends', 'dividends', 6],
] as const)('the filings give %s’s figures of the ledger: %s, %s', ([subject, path, tag, metric, count], context) => {
  const company = companies.filers.find((it) => it.subject === subject);
  if (!company) throw new Error(`expected ${subject} among the filers`);
  const facts = readCompanyfacts(sharedOrSkip(context, path));
  const derived = quartersOf(company, { basis: 'cash_flow_statement', tags: [{ tag }] }, facts.rowsOf, kindOf(metric));
  const ledger = curated(subject, metric);
  const both = derived.filter(({ period }) => ledger.has(period.end));
  expect(both).toHaveLength(count);
  for (const { period, value } of both) expect(value / 1_000_000, period.end).toBe(ledger.get(period.end));
});
