import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { type RelatedFigures, relatedFigures } from '../../src/facts/related-figures.ts';
import { isStale } from '../../src/facts/stale.ts';
import { at, curatedFacts, factOf, ledger } from './samples.ts';

const companies = loadCompanies();
const symbols = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC', 'MAG7'];
const figuresAt = (symbol: string, time: string): RelatedFigures => relatedFigures(ledger, companies, symbol, at(time));
const rows = (shown: RelatedFigures['bill']): string[] =>
  shown.map(({ fact, stale }) => `${fact.subject} ${fact.metric} ${fact.label}${stale ? ' stale' : ''}`);

describe('Nvidia at its close of 30 July 2024', () => {
  const close = figuresAt('NVDA', '2024-07-30 16:00');

  test('the bill is what its customers spend, the newest first', () => {
    expect(rows(close.bill)).toEqual([
      'GOOGL capex_cash 2024 Q2',
      'AMZN capex_cash 2024 Q1 stale',
      'MSFT capex_cash FY2024 Q3 stale',
    ]);
    expect(close.bill[0]?.fact.value).toBe(13186);
    expect(close.bill[0]?.yoyPercent).toBeCloseTo(91.4, 1);
    expect(close.return[0]?.yoyPercent).toBeCloseTo(426.7, 1);
  });

  test('Microsoft’s June quarter, published three minutes after that close, is not known', () => {
    const at1600 = close.bill.find(({ fact }) => fact.subject === 'MSFT');
    expect(at1600?.fact).toMatchObject({ value: 10952, published: '2024-04-25' });
    const after = relatedFigures(ledger, companies, 'NVDA', at('2024-07-30 16:03') + 1);
    expect(after.bill.find(({ fact }) => fact.subject === 'MSFT')?.fact.value).toBe(13873);
  });

  test('the return is its own data-centre revenue, then the AI figures of its customers', () => {
    expect(rows(close.return)).toEqual(['NVDA datacenter_revenue FY2025 Q1', 'MSFT azure_ai_points FY2024 Q3 stale']);
    expect(rows(figuresAt('NVDA', '2024-08-29 12:00').return)).toEqual([
      'NVDA datacenter_revenue FY2025 Q2',
      'MSFT azure_ai_points FY2024 Q4',
    ]);
  });

  test('the sum of the four is of January to March', () => {
    expect(close.four).toMatchObject({ capex: 44289, reported: 4, quarter: { end: '2024-03-31' } });
  });
});

describe('a hyperscaler', () => {
  test('has its own bill, its cloud and AI return, and their ratio', () => {
    const { bill, return: back, ratio, four } = figuresAt('MSFT', '2024-08-02 16:00');
    expect(rows(bill)).toEqual(['MSFT capex_cash FY2024 Q4', 'MSFT capex_incl_leases FY2024 Q4']);
    expect(rows(back)).toEqual([
      'MSFT cloud_revenue FY2024 Q4',
      'MSFT azure_growth FY2024 Q4',
      'MSFT azure_ai_points FY2024 Q4',
    ]);
    expect(ratio).toMatchObject({
      bill: { value: 13873 },
      return: { value: 28515 },
      percent: expect.closeTo(48.65, 2),
    });
    expect(four).toBeUndefined();
  });

  test('does not show a year-old figure next to newer ones', () => {
    expect(ledger.latest('AMZN', 'capex_incl_leases', at('2025-06-16 16:00'))?.label).toBe('2024 H1');
    expect(rows(figuresAt('AMZN', '2025-06-16 16:00').bill)).toEqual([
      'AMZN capex_cash 2025 Q1',
      'AMZN capex_guidance CY2025',
    ]);
  });

  test('without a cloud is compared with all its revenue, and its AI return is not disclosed', () => {
    const { bill, return: back, ratio } = figuresAt('META', '2024-08-02 16:00');
    expect(rows(bill)).toEqual([
      'META capex_cash 2024 Q2',
      'META capex_guidance CY2024',
      'META capex_incl_leases 2024 Q2',
    ]);
    expect(back).toEqual([]);
    expect(ratio?.return).toMatchObject({ metric: 'revenue', value: 39071 });
  });
});

test('Apple shows capex, research, and its suppliers of models and chips once those were public', () => {
  const then = figuresAt('AAPL', '2024-08-02 16:00');
  expect(rows(then.bill)).toEqual(['AAPL capex_cash FY2024 Q3', 'AAPL rd_expense FY2024 Q3']);
  expect(then.suppliers?.map(({ from, what }) => `${from} ${what}`)).toEqual(['OPENAI models', 'GOOGL chips']);
  expect(figuresAt('AAPL', '2024-06-30 12:00').suppliers?.map(({ from }) => from)).toEqual(['OPENAI']);
  expect(figuresAt('AAPL', '2024-06-01 12:00').suppliers).toBeUndefined();
});

test('Tesla shows capex and guidance', () => {
  const { bill } = figuresAt('TSLA', '2024-07-24 16:00');
  expect(rows(bill)).toEqual(['TSLA capex_cash 2024 Q2', 'TSLA capex_guidance CY2024']);
  expect(bill[1]?.fact).toMatchObject({ low: 10000 });
  expect(bill[1]?.fact).not.toHaveProperty('high');
});

test.each(['IXIC', 'MAG7'])(
  '%s shows the four, their capex as a percentage of cash flow, its growth, and their cloud revenue',
  (symbol) => {
    const market = figuresAt(symbol, '2024-08-02 16:00');
    expect(market.four).toMatchObject({ capex: 52852, quarter: { end: '2024-06-30' } });
    expect(market.four?.ofOperatingCashFlow).toBeCloseTo(48.7, 1);
    expect(market.four?.yoyPercent).toBeCloseTo(58.1, 1);
    expect(rows(market.bill)).toEqual(['AMZN capex_cash 2024 Q2', 'META capex_cash 2024 Q2']);
    expect(rows(market.return)).toEqual([
      'AMZN cloud_revenue 2024 Q2',
      'MSFT cloud_revenue FY2024 Q4',
      'GOOGL cloud_revenue 2024 Q2',
    ]);
  },
);

describe('stale', () => {
  test('after 100 days from the period’s end', () => {
    expect(figuresAt('MSFT', '2024-07-09 12:00').bill[0]?.stale).toBe(false);
    expect(figuresAt('MSFT', '2024-07-10 12:00').bill[0]?.stale).toBe(true);
  });

  test('as soon as any figure of a newer period is known', () => {
    // Microsoft's release of 30 July 2024 has cash capex; capex with leases is told on the call, later that evening.
    const between = figuresAt('MSFT', '2024-07-30 16:30');
    expect(rows(between.bill)).toEqual(['MSFT capex_cash FY2024 Q4', 'MSFT capex_incl_leases FY2024 Q3 stale']);
    expect(rows(figuresAt('MSFT', '2024-07-30 17:31').bill)).toContain('MSFT capex_incl_leases FY2024 Q4');
  });

  test('but not for a figure whose period ends up to ten days later: 52/53-week years do not end with the month', () => {
    const capex = factOf();
    const isStaleBeside = (end: string): boolean => {
      const revenue = factOf({ metric: 'revenue', basis: 'total_revenue', period: { start: '2024-04-01', end } });
      return isStale(createLedger([capex, revenue]), capex, at('2024-08-02 16:00'));
    };
    expect(isStaleBeside('2024-07-10')).toBe(false);
    expect(isStaleBeside('2024-07-11')).toBe(true);
  });

  test('but not when only a balance, such as a guarantee, is of a later day', () => {
    const quarter = factOf({ period: { start: '2024-04-01', end: '2024-06-30' } });
    const guarantee = factOf({ metric: 'lease_guarantees', basis: 'guarantee_cap', period: { end: '2024-08-31' } });
    const known = createLedger([quarter, guarantee]);
    expect(isStale(known, quarter, at('2024-08-17 16:00'))).toBe(false);
    expect(known.newestPeriodEnd('MSFT', at('2024-08-17 16:00'))).toBe('2024-06-30');
  });

  test('guidance from the day after its period', () => {
    const guidance = factOf({ metric: 'capex_guidance', period: { start: '2024-01-01', end: '2024-12-31' } });
    const isStaleAt = (time: string): boolean => isStale(createLedger([guidance]), guidance, at(time));
    expect(isStaleAt('2024-12-31 23:59')).toBe(false);
    expect(isStaleAt('2025-01-01 00:00')).toBe(true);
  });
});

describe('for any symbol and instant', () => {
  const moments = fc.record({
    symbol: fc.constantFrom(...symbols),
    asOf: fc.integer({ min: at('2023-01-01 00:00'), max: at('2026-11-01 00:00') }),
  });

  test('nothing published later is shown, and it is at most five, newest first, one for each metric and company', () => {
    fc.assert(
      fc.property(moments, ({ symbol, asOf }) => {
        const shown = relatedFigures(ledger, companies, symbol, asOf);
        const all = [...shown.bill, ...shown.return];
        expect(all.length).toBeLessThanOrEqual(5);
        expect(new Set(all.map(({ fact }) => `${fact.subject} ${fact.metric}`)).size).toBe(all.length);
        for (const { fact } of all) expect(at(`${fact.published} ${fact.time ?? '16:00'}`)).toBeLessThan(asOf);
        for (const half of [shown.bill, shown.return]) {
          const days = half.map(({ fact }) => fact.published);
          expect(days).toEqual(days.toSorted().reverse());
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the order of the curated facts does not matter', () => {
    const backwards = createLedger(curatedFacts.toReversed());
    fc.assert(
      fc.property(moments, ({ symbol, asOf }) => {
        expect(relatedFigures(backwards, companies, symbol, asOf)).toEqual(
          relatedFigures(ledger, companies, symbol, asOf),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('both halves are shown if both exist', () => {
    for (const symbol of ['MSFT', 'GOOGL', 'AMZN', 'NVDA', 'IXIC', 'MAG7'])
      for (const month of ['2023-12', '2024-06', '2025-03', '2025-09', '2026-10']) {
        const shown = figuresAt(symbol, `${month}-15 12:00`);
        expect(shown.bill.length, `${symbol} ${month}`).toBeGreaterThan(0);
        expect(shown.return.length, `${symbol} ${month}`).toBeGreaterThan(0);
      }
  });

  test('an unknown symbol has no related figures', () => {
    expect(figuresAt('AMD', '2024-07-30 16:00')).toEqual({ bill: [], return: [] });
  });
});

test('a first figure is shown at most 400 days after the end of its period', () => {
  const old = createLedger([factOf({ subject: 'AAPL', published: '2024-08-01' })]);
  const billOn = (day: string) => relatedFigures(old, companies, 'AAPL', at(`${day} 16:00`)).bill;
  expect(billOn('2025-08-04')).toHaveLength(1);
  expect(billOn('2025-08-05')).toEqual([]);
});

test('the four’s sum is left out once its quarter is no longer the present', () => {
  const fourOn = (day: string) => figuresAt('IXIC', `${day} 16:00`).four;
  expect(fourOn('2027-08-04')?.age).toMatchObject({ days: 400, stale: true });
  expect(fourOn('2027-08-05')).toBeUndefined();
});
