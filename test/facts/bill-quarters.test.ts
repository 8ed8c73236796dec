import { describe, expect, test } from 'vitest';
import { billQuarters, companyBillQuarters } from '../../src/facts/bill-quarters.ts';
import { cloudQuarters } from '../../src/facts/cloud-quarters.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { hyperscalerSum } from '../../src/facts/hyperscaler-sum.ts';
import { createLedger } from '../../src/facts/ledger.ts';

const companies = loadCompanies();
const ledger = createLedger(loadFacts());
const empty = createLedger([]);

/** 30 July 2024, 20:00 and 20:10 UTC: Microsoft published at 16:03 in New York. */
const BEFORE = Date.parse('2024-07-30T20:00:00Z');
const AFTER = Date.parse('2024-07-30T20:10:00Z');

describe('the bill by quarter', () => {
  test.each(['2023-12-01', '2024-05-15', '2025-02-20', '2026-11-01'])(
    'is, as of %s, in every quarter what the sum of the four is',
    (day) => {
      const bill = billQuarters(ledger, companies, day);
      expect(bill?.quarters.length).toBeGreaterThan(1);
      for (const { quarter, capex, ofOperatingCashFlow } of bill?.quarters ?? []) {
        const sum = hyperscalerSum(ledger, companies, quarter, day);
        expect(capex.reduce<number>((total, value) => total + (value ?? 0), 0)).toBe(sum?.capex);
        expect(ofOperatingCashFlow).toBe(sum?.ofOperatingCashFlow);
      }
    },
  );

  test('has fourteen quarters at most, the newest last', () => {
    const ends = billQuarters(ledger, companies, '2026-11-01')?.quarters.map(({ quarter }) => quarter.end);
    expect(ends).toHaveLength(14);
    expect(ends?.at(-1)).toBe('2026-06-30');
  });

  test('knows a quarter of a company from the minute that it was published, and gives no share until all have told', () => {
    const [before, after] = [BEFORE, AFTER].map((at) => billQuarters(ledger, companies, at)?.quarters.at(-1));
    // In the order MSFT, GOOGL, AMZN, META; Alphabet had told on 23 July.
    expect(before).toEqual({ quarter: { start: '2024-04-01', end: '2024-06-30' }, capex: [null, 13_186, null, null] });
    expect(after?.capex).toEqual([13_873, 13_186, null, null]);
    expect(after?.ofOperatingCashFlow).toBeUndefined();
  });

  test('is not known of one quarter alone, nor once it is no longer the present', () => {
    expect(billQuarters(ledger, companies, '2023-07-01')).toBeUndefined();
    expect(billQuarters(ledger, companies, '2028-01-01')).toBeUndefined();
    expect(billQuarters(empty, companies, '2024-07-30')).toBeUndefined();
  });
});

describe('the bill of one company', () => {
  test('ends with the quarter asked for', () => {
    const bill = companyBillQuarters(ledger, 'MSFT', '2024-06-30', AFTER);
    expect(bill?.quarters.map(({ capex }) => capex[0])).toEqual([6607, 8943, 9917, 9735, 10_952, 13_873]);
    expect(bill?.newest).toMatchObject({ capex: 13_873 });
  });

  test('is not known before it was published, nor of a company that tells no capex', () => {
    expect(companyBillQuarters(ledger, 'MSFT', '2024-06-30', BEFORE)).toBeUndefined();
    expect(companyBillQuarters(ledger, 'OPENAI', '2024-06-30', AFTER)).toBeUndefined();
  });
});

describe('capex beside cloud revenue', () => {
  test('is of those that tell cloud revenue, and marks where one has begun to count otherwise', () => {
    const told = cloudQuarters(ledger, companies, '2024-12-02');
    expect(told?.subjects).toEqual(['MSFT', 'GOOGL', 'AMZN']);
    // Microsoft redrew its segment with the quarter to September 2024.
    expect(told?.quarters.map(({ quarter, recast }) => [quarter.end, recast]).slice(-2)).toEqual([
      ['2024-06-30', false],
      ['2024-09-30', true],
    ]);
    expect(told?.quarters.at(-1)).toMatchObject({ capex: 58_862, revenue: [24_092, 11_353, 27_452] });
  });

  test('says whether a company has told a newer quarter', () => {
    expect(cloudQuarters(ledger, companies, '2024-12-02')?.isLatest).toBe(true);
    expect(cloudQuarters(ledger, companies, AFTER)?.isLatest).toBe(false);
  });

  test('is not known without facts', () => {
    expect(cloudQuarters(empty, companies, '2024-12-02')).toBeUndefined();
  });
});
