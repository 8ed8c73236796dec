import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossCheck, differenceLine } from '../../src/facts/cross-check.ts';
import type { Fact, Subject } from '../../src/facts/fact.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { FundamentalsQuarter } from '../../src/market/source.ts';
import { appleQuarters } from '../market/sources/yahoo/sample-answers.ts';
import { factOf, ledger } from './samples.ts';

const LATER = '2026-11-01';

const METRICS = {
  capex: 'capex_cash',
  operatingCashFlow: 'operating_cash_flow',
  revenue: 'revenue',
  researchAndDevelopment: 'rd_expense',
} as const;

const FIGURES = ['capex', 'operatingCashFlow', 'revenue', 'researchAndDevelopment'] as const;

/** The metrics on which a made-up quarter of Microsoft differs between the ledger and Yahoo. */
const differing = (facts: readonly Fact[], quarter: FundamentalsQuarter, asOf = LATER): string[] =>
  crossCheck(createLedger(facts), 'MSFT', [quarter], asOf).map(({ metric }) => metric);

describe("Yahoo's real figures of Apple", () => {
  test('agree with the curated facts', () => {
    expect(crossCheck(ledger, 'AAPL', appleQuarters, '2025-02-21')).toEqual([]);
  });

  test('are compared figure by figure: each one differs once it is changed', () => {
    const changed = appleQuarters.map((quarter) => ({
      end: quarter.end,
      capex: (quarter.capex ?? 0) * 1.02,
      operatingCashFlow: (quarter.operatingCashFlow ?? 0) * 0.98,
      revenue: (quarter.revenue ?? 0) * 1.02,
      researchAndDevelopment: (quarter.researchAndDevelopment ?? 0) * 0.98,
    }));
    const differences = crossCheck(ledger, 'AAPL', changed, '2025-02-21');
    expect(differences.map(({ label, metric }) => `${label} ${metric}`)).toEqual(
      ['FY2024 Q2', 'FY2024 Q3', 'FY2024 Q4', 'FY2025 Q1'].flatMap((label) =>
        ['capex_cash', 'operating_cash_flow', 'revenue', 'rd_expense'].map((metric) => `${label} ${metric}`),
      ),
    );
  });

  test('differ from the curated facts by the percentage in the difference', () => {
    const [last] = crossCheck(ledger, 'AAPL', [{ end: '2024-12-31', capex: 2999 }], '2025-02-21');
    expect(last).toMatchObject({
      subject: 'AAPL',
      metric: 'capex_cash',
      label: 'FY2025 Q1',
      end: '2024-12-28',
      ledgerValue: 2940,
      yahooValue: 2999,
      percent: expect.closeTo(2.0068, 3),
      fact: { published: '2025-01-30', source: { title: 'Apple results FY2025 Q1, 8-K exhibit 99.1' } },
    });
  });
});

/** Amounts in whole dollars up to a trillion, in millions. */
const money = fc.integer({ min: 1_000_000, max: 1_000_000_000_000 }).map((dollars) => dollars / 1_000_000);
const figures = fc.record(
  Object.fromEntries(FIGURES.map((figure) => [figure, money])) as Record<Figure, typeof money>,
  {
    requiredKeys: [],
  },
);
type Figure = (typeof FIGURES)[number];

const factsOf = (values: Partial<Record<Figure, number>>): Fact[] =>
  FIGURES.flatMap((figure) => {
    const value = values[figure];
    return value === undefined ? [] : [factOf({ metric: METRICS[figure], value })];
  });

const END = '2024-06-30';

describe('what counts as a difference', () => {
  test('a ledger that equals Yahoo gives none', () => {
    fc.assert(
      fc.property(figures, (values) => {
        expect(differing(factsOf(values), { end: END, ...values })).toEqual([]);
      }),
    );
  });

  test('1.01% up or down gives one, on that figure alone', () => {
    fc.assert(
      fc.property(
        figures,
        fc.constantFrom(...FIGURES),
        money,
        fc.constantFrom(-1, 1),
        (values, figure, value, sign) => {
          const ours = { ...values, [figure]: value };
          const theirs = { ...ours, [figure]: Math.round(value * (1_000_000 + sign * 10_100)) / 1_000_000 };
          const [only, ...more] = crossCheck(createLedger(factsOf(ours)), 'MSFT', [{ end: END, ...theirs }], LATER);
          expect(more).toEqual([]);
          expect(only?.metric).toBe(METRICS[figure]);
          expect(only?.percent).toBeCloseTo(sign * 1.01, 3);
        },
      ),
    );
  });

  test('one percent to the dollar gives none, and a dollar more gives one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), fc.constantFrom(-1, 1), (hundredth, sign) => {
        const facts = [factOf({ value: (hundredth * 100) / 1_000_000 })];
        const atDistance = (dollars: number) => (hundredth * 100 + sign * dollars) / 1_000_000;
        expect(differing(facts, { end: END, capex: atDistance(hundredth) })).toEqual([]);
        expect(differing(facts, { end: END, capex: atDistance(hundredth + 1) })).toEqual(['capex_cash']);
      }),
    );
  });

  test('a figure known to one side only gives none', () => {
    expect(differing([factOf()], { end: END, revenue: 64_727 })).toEqual([]);
    expect(differing([], { end: END, capex: 100 })).toEqual([]);
    expect(crossCheck(createLedger([factOf()]), 'MSFT', [], LATER)).toEqual([]);
  });

  test('an inflow at Yahoo and an outflow in the ledger give one', () => {
    const outflow = factOf({ metric: 'operating_cash_flow', value: -100 });
    const [only] = crossCheck(createLedger([outflow]), 'MSFT', [{ end: END, operatingCashFlow: 100 }], LATER);
    expect(only?.percent).toBe(200);
  });

  test('a figure gives an infinite one if the ledger has 0', () => {
    const [only] = crossCheck(createLedger([factOf({ value: 0 })]), 'MSFT', [{ end: END, capex: 100 }], LATER);
    expect(only?.percent).toBe(Number.POSITIVE_INFINITY);
    expect(differing([factOf({ value: 0 })], { end: END, capex: 0 })).toEqual([]);
  });
});

describe('which quarters are compared', () => {
  test.each([
    ['2024-06-20', ['capex_cash']],
    ['2024-06-19', []],
    ['2024-07-10', ['capex_cash']],
    ['2024-07-11', []],
  ])('those whose ends are at most ten days apart: 2024-06-30 and %s', (end, expected) => {
    expect(differing([factOf()], { end, capex: 200 })).toEqual(expected);
  });

  test.each([
    ['AAPL', '2024-09-30', 'FY2024 Q4'],
    ['NVDA', '2025-01-31', 'FY2025 Q4'],
    ['MSFT', '2024-06-30', 'FY2024 Q4'],
  ] as const)('%s at the month end %s is %s', (subject: Subject, end, label) => {
    expect(crossCheck(ledger, subject, [{ end, capex: 1 }], LATER).map((it) => it.label)).toEqual([label]);
  });

  test('not a year that ends with the quarter', () => {
    const year = factOf({ value: 400, period: { start: '2023-07-01', end: END } });
    expect(differing([year], { end: END, capex: 100 })).toEqual([]);
  });
});

describe('which figure of the ledger is compared', () => {
  const filed = factOf({ value: 100 });
  const tracked = factOf({ value: 200, published: '2024-08-05', source: { ...filed.source, secondary: true } });
  // A tracker's figure for a different period stays in the ledger.
  const shifted = { ...tracked, id: 'shifted', period: { start: '2024-04-01', end: '2024-06-29' } };

  test("the company's before a tracker's, even if the tracker's is as near or later", () => {
    expect(differing([tracked, shifted, filed], { end: END, capex: 100 })).toEqual([]);
    expect(differing([tracked, shifted, filed], { end: '2024-06-29', capex: 100 })).toEqual([]);
  });

  test("a tracker's if the company has none", () => {
    expect(differing([tracked], { end: END, capex: 200 })).toEqual([]);
    expect(differing([tracked], { end: END, capex: 100 })).toEqual(['capex_cash']);
  });

  test('the one known at the time', () => {
    expect(differing([filed], { end: END, capex: 200 }, '2024-07-29')).toEqual([]);
    expect(differing([filed], { end: END, capex: 200 }, '2024-07-30')).toEqual(['capex_cash']);
  });

  test('a restatement from its day on', () => {
    const restated = factOf({ value: 90, published: '2025-01-30', supersedes: filed.id });
    expect(differing([filed, restated], { end: END, capex: 100 }, '2025-01-29')).toEqual([]);
    expect(differing([filed, restated], { end: END, capex: 100 }, '2025-01-30')).toEqual(['capex_cash']);
  });

  test('of two with different ends, the nearer, even if the other is later', () => {
    const later = factOf({ value: 120, period: { start: '2024-04-01', end: '2024-06-28' }, published: '2024-08-01' });
    expect(differing([filed, later], { end: END, capex: 100 })).toEqual([]);
    expect(differing([filed, later], { end: '2024-06-28', capex: 120 })).toEqual([]);
  });

  test('of two on different bases, the later', () => {
    const other = factOf({ value: 120, basis: 'company_capex', published: '2024-08-01' });
    expect(differing([filed, other], { end: END, capex: 120 })).toEqual([]);
    expect(differing([other, filed], { end: END, capex: 120 })).toEqual([]);
  });
});

describe('the line of a difference', () => {
  const line = (fact: Fact, quarter: FundamentalsQuarter): string[] =>
    crossCheck(createLedger([fact]), 'MSFT', [quarter], LATER).map(differenceLine);

  test('names the figure, both values, the change and the source', () => {
    expect(line(factOf({ value: 13_873 }), { end: END, capex: 13_000.5 })).toEqual([
      'MSFT capex_cash FY2024 Q4 (to 2024-06-30): 13,873 million USD here, 13,000.5 at Yahoo (−6.29%); check it against A filing, https://www.sec.gov/',
    ]);
  });

  test('says that the ledger’s source is a tracker', () => {
    const source = { title: 'A tracker', url: 'https://example.org/', secondary: true as const };
    const operatingCashFlow = factOf({ metric: 'operating_cash_flow', value: -100, source });
    expect(line(operatingCashFlow, { end: END, operatingCashFlow: 10 })).toEqual([
      'MSFT operating_cash_flow FY2024 Q4 (to 2024-06-30): −100 million USD here, 10 at Yahoo (+110.00%); check it against A tracker (not the company), https://example.org/',
    ]);
  });

  test('shows infinity if the ledger has 0', () => {
    expect(line(factOf({ value: 0 }), { end: END, capex: 10 })[0]).toContain('(+∞%)');
  });
});
