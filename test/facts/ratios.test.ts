import { describe, expect, test } from 'vitest';
import type { Fact, Subject } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { Metric } from '../../src/facts/metric.ts';
import {
  backlogCover,
  capexOfCloudRevenue,
  capexOfOperatingCashFlow,
  capitalIntensity,
  freeCashFlow,
  incrementalReturn,
  quarterOf,
  trailingTwelveMonths,
  yearOnYear,
} from '../../src/facts/ratios.ts';
import { curatedFacts, factOf, ledger } from './samples.ts';

const day = '2024-08-02';

const growth = (subject: Subject, metric: Metric, asOf: string, end?: string): number | undefined => {
  const fact = quarterOf(ledger, subject, metric, asOf, end);
  return fact && yearOnYear(ledger, fact, asOf)?.value;
};

describe('year on year', () => {
  test.each<[Subject, Metric, string, number]>([
    // 13,873 against 8,943; 13,186 against 6,888; 8,472 against 6,354; 26,281 against 22,140
    ['MSFT', 'capex_cash', day, 55.1],
    ['GOOGL', 'capex_cash', day, 91.4],
    ['META', 'capex_incl_leases', day, 33.3],
    ['AMZN', 'cloud_revenue', day, 18.7],
    ['MSFT', 'capex_incl_leases', day, 77.6],
    ['NVDA', 'capex_cash', '2024-08-30', 238.1],
    // 22,563 against 4,284; 26,272 against 10,323. Nvidia reported 427 % and 154 %
    ['NVDA', 'datacenter_revenue', '2024-05-23', 426.7],
    ['NVDA', 'datacenter_revenue', '2024-08-30', 154.5],
  ])('%s %s as of %s', (subject, metric, asOf, percent) => {
    expect(growth(subject, metric, asOf)).toBeCloseTo(percent, 1);
  });

  test('is undisclosed across a change of definition', () => {
    expect(growth('MSFT', 'cloud_revenue', '2024-11-01', '2024-09-30')).toBeUndefined();
    expect(growth('MSFT', 'cloud_revenue', '2025-11-01', '2025-09-30')).toBeCloseTo(28.2, 1);
    const backlog = ledger.latest('GOOGL', 'cloud_backlog', '2026-08-01');
    expect(backlog?.value).toBe(513900);
    expect(backlog && yearOnYear(ledger, backlog, '2026-08-01')).toBeUndefined();
  });

  test('is undisclosed if the year before is not in the ledger', () => {
    expect(growth('META', 'ad_revenue', '2024-02-02')).toBeUndefined();
    // 46,563 against 38,329.
    expect(growth('META', 'ad_revenue', '2025-08-01')).toBeCloseTo(21.5, 1);
  });

  test('is not computed of growth rates, nor from a base of 0 or less', () => {
    expect(growth('MSFT', 'azure_growth', '2026-08-01')).toBeUndefined();
    const before = factOf({ period: { start: '2023-04-01', end: '2023-06-30' }, published: '2023-07-30', value: 0 });
    expect(yearOnYear(createLedger([before, factOf()]), factOf(), day)).toBeUndefined();
  });

  test('a year that ended with the quarter of the year before is not compared with a quarter', () => {
    const year = factOf({ period: { start: '2022-07-01', end: '2023-06-30' }, published: '2023-07-30' });
    expect(yearOnYear(createLedger([year, factOf()]), factOf(), day)).toBeUndefined();
  });

  test('lists the two facts it is computed from', () => {
    const fact = quarterOf(ledger, 'MSFT', 'capex_cash', day);
    expect(fact && yearOnYear(ledger, fact, day)?.inputs.map(({ value }) => value)).toEqual([13873, 8943]);
  });
});

describe('ratios of one quarter', () => {
  test('capital intensity is capex over revenue: Microsoft, June 2024, 13,873 / 64,727', () => {
    expect(capitalIntensity(ledger, 'MSFT', day)).toMatchObject({ value: expect.closeTo(21.43, 2), unit: 'pct' });
  });

  test('capex over operating cash flow: Alphabet, June 2024, 13,186 / 26,640', () => {
    expect(capexOfOperatingCashFlow(ledger, 'GOOGL', day)?.value).toBeCloseTo(49.5, 1);
  });

  test('the bill over the return: Amazon, June 2024, 17,620 / 26,281', () => {
    expect(capexOfCloudRevenue(ledger, 'AMZN', day)?.value).toBeCloseTo(67.04, 2);
  });

  test('free cash flow may be negative: Amazon, June 2026, 45,387 − 54,208', () => {
    expect(freeCashFlow(ledger, 'AMZN', '2026-08-01')).toMatchObject({ value: -8821, unit: 'USD_M' });
    expect(freeCashFlow(ledger, 'TSLA', '2026-08-01')?.value).toBe(-1092);
  });

  test('a missing input makes the ratio undisclosed, never 0', () => {
    expect(capexOfCloudRevenue(ledger, 'META', day)).toBeUndefined();
    expect(
      capitalIntensity(createLedger(curatedFacts.filter(({ metric }) => metric !== 'revenue')), 'TSLA', day),
    ).toBeUndefined();
    expect(freeCashFlow(ledger, 'OPENAI', day)).toBeUndefined();
  });

  test('both sides are of the same quarter, even if one has a newer figure', () => {
    const isCapexOfJune = ({ metric, period }: Fact): boolean => metric === 'capex_cash' && period.end === '2024-06-30';
    const behind = createLedger(curatedFacts.filter((fact) => !isCapexOfJune(fact)));
    expect(capexOfCloudRevenue(ledger, 'GOOGL', day)?.inputs.map(({ label }) => label)).toEqual(['2024 Q2', '2024 Q2']);
    expect(capexOfCloudRevenue(behind, 'GOOGL', day)?.inputs.map(({ label }) => label)).toEqual(['2024 Q1', '2024 Q1']);
  });
});

describe('twelve months', () => {
  test('are four consecutive quarters: Microsoft’s fiscal 2024 is 44,477', () => {
    expect(trailingTwelveMonths(ledger, 'MSFT', 'capex_cash', day)?.value).toBe(44477);
    expect(trailingTwelveMonths(ledger, 'NVDA', 'capex_cash', '2026-03-01')?.value).toBe(6042);
  });

  test('are undisclosed if a quarter is missing or the definition changed', () => {
    expect(trailingTwelveMonths(ledger, 'META', 'ad_revenue', '2023-10-26')).toBeUndefined();
    expect(trailingTwelveMonths(ledger, 'META', 'ad_revenue', '2025-08-01')?.value).toBe(39885 + 46783 + 41392 + 46563);
    expect(trailingTwelveMonths(ledger, 'MSFT', 'cloud_revenue', '2024-11-01')).toBeUndefined();
  });

  test('are undisclosed if four quarters are known, but not in a row', () => {
    const quarters = [
      ['2023-04-01', '2023-06-30'],
      ['2023-07-01', '2023-09-30'],
      ['2023-10-01', '2023-12-31'],
      ['2024-01-01', '2024-03-31'],
      ['2024-04-01', '2024-06-30'],
    ].map(([start = '', end = '']) => factOf({ period: { start, end } }));
    const sumOf = (some: typeof quarters) => trailingTwelveMonths(createLedger(some), 'MSFT', 'capex_cash', day)?.value;
    expect(sumOf(quarters)).toBe(400);
    expect(sumOf(quarters.filter(({ period }) => period.end !== '2023-12-31'))).toBeUndefined();
  });
});

describe('increments and cover', () => {
  test('Alphabet added 6,298 of capex and 2,316 of cloud revenue by June 2024', () => {
    const increment = incrementalReturn(ledger, 'GOOGL', day);
    expect(increment?.capex.value).toBe(13186 - 6888);
    expect(increment?.cloud.value).toBe(10347 - 8031);
    expect(increment?.perDollar).toBeCloseTo(0.368, 3);
  });

  test('there is no return per dollar if capex shrank', () => {
    const quarter = (value: number, metric: Metric, year: number) =>
      factOf({ value, metric, period: { start: `${year}-04-01`, end: `${year}-06-30` }, published: `${year}-07-30` });
    const shrinking = createLedger([
      quarter(100, 'capex_cash', 2023),
      quarter(90, 'capex_cash', 2024),
      quarter(10, 'cloud_revenue', 2023),
      quarter(20, 'cloud_revenue', 2024),
    ]);
    expect(incrementalReturn(shrinking, 'MSFT', day)).toMatchObject({ capex: { value: -10 }, cloud: { value: 10 } });
    expect(incrementalReturn(shrinking, 'MSFT', day)).not.toHaveProperty('perDollar');
  });

  test('there is no increment where a year before there was no cloud figure', () => {
    const quarter = (metric: Metric, year: number) =>
      factOf({ metric, period: { start: `${year}-04-01`, end: `${year}-06-30` }, published: `${year}-07-30` });
    const young = [quarter('capex_cash', 2023), quarter('capex_cash', 2024), quarter('cloud_revenue', 2024)];
    expect(incrementalReturn(createLedger(young), 'MSFT', day)).toBeUndefined();
    expect(incrementalReturn(createLedger([...young, quarter('cloud_revenue', 2023)]), 'MSFT', day)).toBeDefined();
  });

  test('Alphabet’s backlog of June 2026 covers 6.6 years of cloud revenue', () => {
    // 513,900 / (15,157 + 17,664 + 20,028 + 24,768)
    expect(backlogCover(ledger, 'GOOGL', '2026-08-01')).toMatchObject({ value: expect.closeTo(6.62, 2), unit: 'x' });
    expect(backlogCover(ledger, 'META', '2026-08-01')).toBeUndefined();
  });
});
