import { describe, expect, test } from 'vitest';
import type { Subject } from '../../src/facts/fact.ts';
import type { Metric } from '../../src/facts/metric.ts';
import { trailingTwelveMonths } from '../../src/facts/ratios.ts';
import { curatedFacts, ledger } from './samples.ts';

/** The day of the article that the product starts from. */
const DAY = '2024-08-05';

describe('what newspapers, analysts and executives had published by 5 August 2024', () => {
  test.each<[Subject, Metric, object]>([
    ['OPENAI', 'annualised_revenue', { value: 3400, published: '2024-06-12' }],
    ['OPENAI', 'revenue_estimate', { low: 3500, high: 4500, published: '2024-07-25' }],
    ['OPENAI', 'loss_estimate', { high: 5000, published: '2024-07-25' }],
    ['OPENAI', 'valuation', { value: 86000, published: '2024-06-12' }],
    ['OPENAI', 'invested_by_microsoft', { value: 13000, published: '2023-01-23' }],
    ['INDUSTRY', 'cloud_revenue_increment', { value: 20000, published: '2024-06-27' }],
    ['TSLA', 'chip_purchases_guidance', { low: 3000, high: 4000, published: '2024-06-04' }],
    ['TSLA', 'announced_investment', { value: 500, published: '2024-01-26' }],
    ['AAPL', 'rd_cumulative', { value: 100000, published: '2024-05-02' }],
  ])('%s %s', (subject, metric, expected) => {
    const fact = ledger.latest(subject, metric, DAY);
    expect(fact).toMatchObject(expected);
    expect(fact?.source.secondary).toBe(true);
    expect(fact?.note).toBeTruthy();
  });

  test('the extra spending of one year is kept apart from that of four, and is of the same year as the extra revenue', () => {
    const spending = ledger.figures('INDUSTRY', 'ai_capex_increment', DAY);
    expect(spending.map(({ basis, label, value }) => [basis, label, value])).toEqual([
      ['analyst_cumulative', 'CY2023–CY2026', 167000],
      ['analyst_annual', 'CY2026', 60000],
    ]);
    expect(ledger.latest('INDUSTRY', 'cloud_revenue_increment', DAY)?.label).toBe('CY2026');
  });

  test('OpenAI’s value grew in steps, and a later report of the same sale keeps the first one', () => {
    const steps = ledger.history('OPENAI', 'valuation', '2025-12-31');
    expect(steps.map(({ value }) => value)).toEqual([29000, 80000, 86000, 157000, 300000, 500000]);
    expect(ledger.figures('OPENAI', 'valuation', DAY).map(({ value }) => value)).toEqual([29000, 86000]);
    expect(ledger.latest('OPENAI', 'valuation', '2024-03-01')?.value).toBe(80000);
  });
});

// Reported for the years: 55.7 billion, up 75 %, in July 2024; "$88 billion" in July 2025.
test.each([
  ['2024-08-05', 55700],
  ['2025-08-05', 88200],
])('Microsoft’s quarters including leases add up to its year, as of %s', (day, year) => {
  expect(trailingTwelveMonths(ledger, 'MSFT', 'capex_incl_leases', day)?.value).toBe(year);
});

test('nothing about OpenAI’s own business comes from a first-hand source', () => {
  const own = curatedFacts.filter(({ subject, metric }) => subject === 'OPENAI' && metric !== 'openai_revenue');
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter(({ source }) => source.secondary !== true)).toEqual([]);
});

test('announced or multi-year sums never count as a quarter or as guidance in force', () => {
  expect(ledger.quarters('AAPL', 'rd_cumulative', DAY)).toEqual([]);
  expect(ledger.latest('AAPL', 'rd_expense', DAY)?.label).toBe('FY2024 Q3');
  expect(ledger.latest('TSLA', 'capex_guidance', DAY)?.low).toBe(10000);
});
