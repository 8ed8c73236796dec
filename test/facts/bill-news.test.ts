import { describe, expect, it, test } from 'vitest';
import { beyondRange, billChanges, isFarApart, keyOfChange } from '../../src/facts/bill-news.ts';
import type { Fact, Subject } from '../../src/facts/fact.ts';
import { factId } from '../../src/facts/fact.ts';
import { knownFrom } from '../../src/facts/known-from.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { companies, curatedFacts, factOf, ledger } from './samples.ts';

const guided = (low?: number, high?: number, published = '2024-04-24'): Fact => {
  const { value: _, ...plain } = factOf({
    subject: 'META',
    metric: 'capex_guidance',
    label: 'CY2024',
    period: { start: '2024-01-01', end: '2024-12-31' },
    published,
  });
  const range = { ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  return { ...plain, ...range, id: factId(plain) };
};

test.each([
  [[30, 37], [35, 40], 'raised'],
  [[30, 37], [34, 40], undefined],
  [[30, 37], [34, 41], 'raised'],
  [[35, 40], [37, 40], undefined],
  [[75, 75], [85, 85], 'raised'],
  [[75, 75], [75, 75], undefined],
  [[30, 40], [20, 40], undefined],
  [[30, 40], [20, 39], 'cut'],
  [[11, undefined], [9, undefined], 'cut'],
  [[9, undefined], [11, undefined], undefined],
  [[undefined, 40], [undefined, 41], 'raised'],
  [[undefined, 40], [undefined, 30], undefined],
] as const)('guidance of %j and then %j is %s beyond the range before', (before, after, way) => {
  expect(beyondRange(guided(...before), guided(...after))).toBe(way);
});

test.each([
  [65, 60, true],
  [60, 65, true],
  [64.999, 60, false],
  // 0.1 + 0.2 − 0.3 is no difference.
  [60.1 + 5 - 0.1, 60, true],
])('shares of %d and %d percent are five points apart: %s', (now, before, apart) => {
  expect(isFarApart(now, before)).toBe(apart);
});

const QUARTERS = [
  ['2023-01-01', '2023-03-31', '2023-04-25'],
  ['2023-04-01', '2023-06-30', '2023-07-25'],
  ['2023-07-01', '2023-09-30', '2023-10-24'],
  ['2023-10-01', '2023-12-31', '2024-01-30'],
  ['2024-01-01', '2024-03-31', '2024-04-25'],
  ['2024-04-01', '2024-06-30', '2024-07-30'],
] as const;

/** Capex and cash flow of a company in one of the quarters. */
const quarter = (subject: Subject, at: number, capex: number, cashFlow: number, more: Partial<Fact> = {}): Fact[] => {
  const [start = '', end = '', published = ''] = QUARTERS[at] ?? [];
  const common = { subject, period: { start, end }, published, ...more };
  return [
    factOf({ ...common, metric: 'capex_cash', value: capex }),
    factOf({ ...common, metric: 'operating_cash_flow', basis: 'cash_flow_statement', value: cashFlow }),
  ];
};

const NOW = Date.parse('2024-08-01T00:00:00Z');
const changesOf = (before: readonly Fact[], news: readonly Fact[]) =>
  billChanges(createLedger([...before, ...news]), companies, news, NOW).map((it) => [it.kind, keyOfChange(it)]);

describe('capex above the operating cash flow', () => {
  const calm = [0, 1, 2, 3, 4].flatMap((at) => quarter('MSFT', at, 100, 200));

  it('is news the first time, of a quarter that follows four others', () => {
    expect(changesOf(calm, quarter('MSFT', 5, 201, 200))).toEqual([['above-cash-flow', 'MSFT/capex-above-cash-flow']]);
    expect(changesOf(calm.slice(2), quarter('MSFT', 5, 201, 200))).toHaveLength(1);
    expect(changesOf(calm.slice(4), quarter('MSFT', 5, 201, 200))).toEqual([]);
  });

  it('is told of the newest of the quarters that come together, in any order', () => {
    const [before, now] = [quarter('MSFT', 4, 100, 200), quarter('MSFT', 5, 201, 200)];
    expect(changesOf(calm.slice(0, 8), [...before, ...now])).toHaveLength(1);
    expect(changesOf(calm.slice(0, 8), [...now, ...before])).toHaveLength(1);
  });

  it('is none if it is only as much, or happened before, or is of another company', () => {
    expect(changesOf(calm, quarter('MSFT', 5, 200, 200))).toEqual([]);
    expect(changesOf([...calm.slice(2), ...quarter('MSFT', 0, 300, 200)], quarter('MSFT', 5, 201, 200))).toEqual([]);
    const ofApple = [0, 1, 2, 3, 4].flatMap((at) => quarter('AAPL', at, 100, 200));
    expect(changesOf(ofApple, quarter('AAPL', 5, 201, 200))).toEqual([]);
  });

  it('is none if it comes by a restatement, or is disputed', () => {
    for (const more of [{ supersedes: 'x' }, { disputes: 'x' }])
      expect(changesOf(calm, quarter('MSFT', 5, 201, 200, more))).toEqual([]);
  });
});

describe('the share of the four', () => {
  const FOUR = companies.four;
  const all = (at: number, capex: number, cashFlow = 1_000) =>
    FOUR.flatMap((subject) => quarter(subject, at, capex, cashFlow));
  const others = (at: number, capex: number) =>
    FOUR.filter((subject) => subject !== 'MSFT').flatMap((subject) => quarter(subject, at, capex, 1_000));

  it('is news with the report of the last of them, from five points on', () => {
    // 4 × 300 and 3 × 300 + 500 of 4,000: 30 and 35 percent.
    const key = [['share', 'four/share-of-cash-flow/2024-06-30']];
    expect(changesOf([...all(4, 300), ...others(5, 300)], quarter('MSFT', 5, 500, 1_000))).toEqual(key);
    expect(changesOf([...all(4, 300), ...others(5, 300)], quarter('MSFT', 5, 499, 1_000))).toEqual([]);
    expect(changesOf([...all(4, 300), ...others(5, 300)], quarter('MSFT', 5, 100, 1_000))).toEqual(key);
  });

  it('is none before all have reported, or without the quarter before', () => {
    const two = others(5, 300).filter(({ subject }) => subject !== 'META');
    expect(changesOf([...all(4, 300), ...two], quarter('MSFT', 5, 900, 1_000))).toEqual([]);
    expect(changesOf(others(5, 300), quarter('MSFT', 5, 900, 1_000))).toEqual([]);
  });
});

it('guidance that was replaced since, or whose period is over, is no news', () => {
  const [first, raised, latest] = [guided(30, 37, '2024-02-01'), guided(35, 40), guided(37, 40, '2024-07-31')];
  expect(changesOf([first], [raised])).toHaveLength(1);
  expect(changesOf([first, latest], [raised])).toEqual([]);
  expect(changesOf([first, guided(20, 25, '2024-06-01'), latest], [raised])).toEqual([]);
  const on = (day: string) => billChanges(createLedger([first, raised]), companies, [raised], Date.parse(day));
  expect(on('2024-12-31T20:00:00Z')).toHaveLength(1);
  expect(on('2025-02-01')).toEqual([]);
});

/** Of config/facts, from the companies' releases: what would have been told in 2025, in its order. */
it('tells of 2025: the raises of Meta and Alphabet, a cut of Tesla’s, and three quarters of the four', () => {
  const of2025 = curatedFacts.filter(({ published }) => published.startsWith('2025'));
  const releases = [...Map.groupBy(of2025, (fact) => `${knownFrom(fact)} ${fact.subject}`).values()].toSorted(
    ([a], [b]) => (a && b ? knownFrom(a) - knownFrom(b) : 0),
  );
  const told = releases.flatMap((facts) =>
    billChanges(ledger, companies, facts, (facts[0] ? knownFrom(facts[0]) : 0) + 1).map(keyOfChange),
  );
  expect(told).toEqual([
    'META/capex_guidance/2025-12-31/incl_finance_lease_principal/raised/2025-04-30',
    'four/share-of-cash-flow/2025-03-31',
    'GOOGL/capex_guidance/2025-12-31/cash_ppe/raised/2025-07-23',
    'TSLA/capex_guidance/2025-12-31/company_capex/cut/2025-07-23',
    'four/share-of-cash-flow/2025-06-30',
    'GOOGL/capex_guidance/2025-12-31/cash_ppe/raised/2025-10-29',
    'four/share-of-cash-flow/2025-09-30',
  ]);
});
