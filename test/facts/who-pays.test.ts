import { describe, expect, test } from 'vitest';
import { createLedger } from '../../src/facts/ledger.ts';
import type { Metric } from '../../src/facts/metric.ts';
import { cloudBesideCapex, type FundingKey, fundingLines, withoutFacts } from '../../src/facts/who-pays.ts';
import { companies, curatedFacts, factOf, ledger } from './samples.ts';

const { four } = companies;

const line = (key: FundingKey, end: string, asOf: string, subjects = four, of = ledger) => {
  const found = fundingLines(of, subjects, end, asOf).find((it) => it.key === key);
  return found && withoutFacts(found);
};

describe('the four', () => {
  // Added up by hand, e.g. June 2026: 55,441 + 39,069 + 45,387 + 31,862 less 35,802 + 44,924 + 54,208 + 30,116.
  test.each([
    ['2024-06-30', '2024-08-01', 55_634, 57_801],
    ['2026-03-31', '2026-04-29', 20_977, 42_333],
    ['2026-06-30', '2026-08-31', 6_709, 40_224],
  ])('had left over, of the quarter to %s as of %s', (end, asOf, amount, yearBefore) => {
    expect(line('left_over', end, asOf)).toMatchObject({ amount, yearBefore, subjects: four, of: 4 });
  });

  // Alphabet's own: 15,684 in June 2024; nothing in March 2026, after 15,068.
  test('gave shareholders what Alphabet alone has told, of the newest quarter that it told', () => {
    expect(line('buybacks', '2024-06-30', '2024-08-01')).toMatchObject({ amount: 15_684, subjects: ['GOOGL'], of: 4 });
    expect(line('buybacks', '2026-06-30', '2026-08-31')).toMatchObject({
      amount: 0,
      yearBefore: 15_068,
      period: { start: '2026-01-01', end: '2026-03-31' },
    });
  });

  test('owe and are owed what their filings say at the ends of two quarters, by their own definitions', () => {
    // Microsoft 194,100 in June and Alphabet 232,700 in March; orders 684,000, 513,900 and 496,000.
    expect(line('purchases', '2026-06-30', '2026-08-31')).toEqual({
      key: 'purchases',
      amount: 426_800,
      subjects: ['MSFT', 'GOOGL'],
      of: 4,
      period: { start: '2026-03-31', end: '2026-06-30' },
    });
    expect(line('orders', '2026-06-30', '2026-08-31')).toMatchObject({
      amount: 1_693_900,
      subjects: ['MSFT', 'GOOGL', 'AMZN'],
      period: { end: '2026-06-30' },
    });
  });

  test('show nothing before it is published', () => {
    // Amazon's debt stands in its 10-Q of 31 July.
    expect(line('debt', '2026-06-30', '2026-07-30')).toBeUndefined();
    expect(line('debt', '2026-06-30', '2026-07-31')).toMatchObject({ amount: 133_000, basis: 'face_value' });
  });

  test('grew their clouds by less than their capex, in dollars of the same companies', () => {
    // Cloud: 39,306 − 29,878, 24,768 − 13,624 and 42,232 − 30,873; capex: 35,802 − 17,079, 44,924 − 22,446, 54,208 − 32,183.
    expect(cloudBesideCapex(ledger, four, '2026-06-30', '2026-08-31')).toEqual({
      cloud: 31_931,
      capex: 63_226,
      subjects: ['MSFT', 'GOOGL', 'AMZN'],
      of: 4,
    });
    // Microsoft's cloud is another segment from fiscal 2025 on.
    expect(cloudBesideCapex(ledger, four, '2025-06-30', '2025-08-31')?.subjects).toEqual(['GOOGL', 'AMZN']);
    expect(cloudBesideCapex(ledger, four, '2023-03-31', '2023-05-31')).toBeUndefined();
  });
});

const flow = (metric: Metric, end: string, value: number, subject = 'MSFT') =>
  factOf({
    subject,
    metric,
    basis: 'cash_flow_statement',
    value,
    period: { start: `${end.slice(0, 5)}${end.slice(5, 7) === '06' ? '04' : '01'}-01`, end },
    published: end,
  });

const balance = (metric: Metric, end: string, value: number, subject = 'MSFT') =>
  factOf({ subject, metric, basis: 'company_obligations', value, period: { end }, published: end });

describe('a flow', () => {
  test('is of at most three quarters back', () => {
    const of = createLedger([flow('dividends', '2024-06-30', 5)]);
    expect(line('dividends', '2025-03-31', '2025-04-30', ['MSFT'], of)?.amount).toBe(5);
    expect(line('dividends', '2025-06-30', '2025-07-01', ['MSFT'], of)).toBeUndefined();
  });

  test('is not shown once its quarter ended more than 400 days ago', () => {
    const of = createLedger([flow('dividends', '2024-06-30', 5)]);
    expect(line('dividends', '2025-03-31', '2025-08-04', ['MSFT'], of)?.amount).toBe(5);
    expect(line('dividends', '2025-03-31', '2025-08-05', ['MSFT'], of)).toBeUndefined();
  });

  test('is compared with the year before only if every company in it told that, too', () => {
    const told = [
      flow('dividends', '2024-06-30', 5),
      flow('dividends', '2024-06-30', 7, 'META'),
      flow('dividends', '2023-06-30', 4),
    ];
    expect(line('dividends', '2024-06-30', '2024-07-31', four, createLedger(told))).toEqual({
      key: 'dividends',
      amount: 12,
      subjects: ['MSFT', 'META'],
      of: 4,
      basis: 'cash_flow_statement',
      period: { start: '2024-04-01', end: '2024-06-30' },
    });
    const both = createLedger([...told, flow('dividends', '2023-06-30', 0.1, 'META')]);
    expect(line('dividends', '2024-06-30', '2024-07-31', four, both)?.yearBefore).toBe(4.1);
  });
});

describe('a balance', () => {
  test('may be of the quarter’s end or of the end before, but not older or newer', () => {
    const at = (end: string) =>
      line('orders', '2024-06-30', '2024-12-31', ['MSFT'], createLedger([balance('rpo', end, 9)]))?.amount;
    expect([at('2024-06-30'), at('2024-03-31')]).toEqual([9, 9]);
    expect([at('2023-12-31'), at('2024-09-30')]).toEqual([undefined, undefined]);
    // A quarter of 52/53 weeks ends some days off the month.
    expect([at('2024-07-06'), at('2024-07-11')]).toEqual([9, undefined]);
  });

  test('is not shown once its day is more than 400 days ago', () => {
    const of = createLedger([balance('rpo', '2024-06-30', 9)]);
    expect(line('orders', '2024-06-30', '2025-08-04', ['MSFT'], of)?.amount).toBe(9);
    expect(line('orders', '2024-06-30', '2025-08-05', ['MSFT'], of)).toBeUndefined();
  });

  test('is the company’s newest, and of one day that of the wider kind', () => {
    const of = (first: string, second: string) =>
      line(
        'orders',
        '2024-06-30',
        '2024-12-31',
        ['MSFT'],
        createLedger([balance('rpo', first, 9), balance('cloud_backlog', second, 7)]),
      )?.amount;
    expect(of('2024-06-30', '2024-06-30')).toBe(9);
    expect(of('2024-03-31', '2024-06-30')).toBe(7);
  });
});

test('a company’s own lines carry the figures that they are made of', () => {
  const lines = fundingLines(ledger, ['NVDA'], '2026-07-26', '2026-08-31');
  expect(lines.map(({ key, amount }) => `${key} ${amount}`)).toEqual([
    'left_over 21400',
    'buybacks 19312',
    'dividends 243',
    'purchases 279000',
    'stakes 42336',
  ]);
  const known = new Set(curatedFacts.map(({ id }) => id));
  for (const { facts } of lines) expect(facts.every(({ id }) => known.has(id))).toBe(true);
});
