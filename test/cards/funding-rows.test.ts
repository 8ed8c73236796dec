import { describe, expect, test } from 'vitest';
import { fundingRows, growthRow } from '../../src/cards/funding-rows.ts';
import type { FundingLine } from '../../src/facts/who-pays.ts';
import { catalogue } from './stories.ts';

const en = catalogue.in('en');
const ko = catalogue.in('ko');

const period = { start: '2024-04-01', end: '2024-06-30' };
const of = (line: Pick<FundingLine, 'key' | 'amount'> & Partial<FundingLine>): FundingLine => ({
  subjects: ['MSFT', 'GOOGL', 'META'],
  of: 4,
  period,
  basis: 'cash_flow_statement',
  ...line,
});

const buybacks = of({ key: 'buybacks', amount: 30_000 });

describe('what shareholders got', () => {
  test('is a row each, with who is in it behind its period', () => {
    const both = [buybacks, of({ key: 'dividends', amount: 9_000, subjects: ['MSFT', 'META'] })];
    expect(fundingRows(en, both)).toEqual([
      { label: 'Buybacks', text: '$30.0B', aside: 'Apr–Jun 2024 · 3 of 4' },
      { label: 'Dividends', text: '$9.00B', aside: 'Apr–Jun 2024 · MSFT, META: 2 of 4' },
    ]);
    expect(fundingRows(ko, both)[1]).toEqual({
      label: '배당',
      text: '90억 달러',
      aside: '2024년 4–6월 · MSFT, META: 4곳 중 2곳',
    });
  });

  test('has the quarter of each, and says that there was none', () => {
    const earlier = { start: '2024-01-01', end: '2024-03-31' };
    const both = [{ ...buybacks, period: earlier }, of({ key: 'dividends', amount: 0 })];
    expect(fundingRows(en, both).map(({ text, aside }) => `${text} | ${aside}`)).toEqual([
      '$30.0B | Jan–Mar 2024 · 3 of 4',
      'none | Apr–Jun 2024 · 3 of 4',
    ]);
  });
});

test('a negative rest and balances of two days are said', () => {
  const { basis: _, ...loose } = of({ key: 'purchases', amount: 426_800, subjects: ['MSFT', 'GOOGL'] });
  const lines = [
    of({ key: 'left_over', amount: -5_855, yearBefore: 5_301, subjects: ['MSFT', 'GOOGL', 'AMZN', 'META'] }),
    { ...loose, period: { start: '2026-03-31', end: '2026-06-30' } },
  ];
  expect(fundingRows(en, lines)).toEqual([
    {
      label: 'Left over',
      text: '−$5.86B, $5.30B a year ago',
      aside: 'Apr–Jun 2024 · 4 of 4',
    },
    {
      label: 'Purchases',
      text: '$427B committed',
      aside: 'at 31 Mar to 30 Jun 2026 · MSFT, GOOGL: 2 of 4',
    },
  ]);
  expect(fundingRows(ko, lines).map(({ aside }) => aside)).toEqual([
    '2024년 4–6월 · 4곳 중 4곳',
    '3월 31일–2026년 6월 30일 기준 · MSFT, GOOGL: 4곳 중 2곳',
  ]);
});

test('rows are those asked for, in the order of the card', () => {
  const lines = [of({ key: 'debt', amount: 1_000 }), of({ key: 'left_over', amount: 1_000 })];
  expect(fundingRows(en, lines).map(({ label }) => label)).toEqual(['Left over', 'Debt']);
  expect(fundingRows(en, lines, ['left_over']).map(({ label }) => label)).toEqual(['Left over']);
});

test('growth in dollars has its sign', () => {
  const growth = { cloud: 31_931, capex: -500, subjects: ['MSFT', 'GOOGL', 'AMZN'], of: 4 };
  expect(growthRow(en, growth, period)).toEqual({
    label: 'Growth',
    text: 'cloud +$31.9B, capex −$500M',
    aside: 'on the year · Apr–Jun 2024 · 3 of 4',
  });
});
