import { expect, test } from 'vitest';
import { MIN_FIRST_HAND_PERCENT, sourceQuality } from '../../src/facts/source-quality.ts';
import { curatedFacts, factOf } from './samples.ts';

const page = { title: 'A release', url: 'https://www.sec.gov/Archives/edgar/data/789019/000095017024087835/' };
const tracker = { title: 'company release, via a tracker', url: 'https://example.org/t/1', secondary: true } as const;

test('figures are counted by their source, and by whether their minute or a bound is known', () => {
  const facts = [
    factOf({ source: page, time: '16:03' }),
    factOf({ source: page, metric: 'revenue', knownBy: '16:30' }),
    factOf({ source: tracker, metric: 'cloud_revenue' }),
    factOf({ source: tracker, metric: 'valuation' }),
  ];
  expect(sourceQuality(facts)).toEqual({
    firstHand: 2,
    secondary: 2,
    undated: 2,
    // Two of the three that a company publishes itself; a valuation is none of these.
    ownFirstHandPercent: (2 / 3) * 100,
    ownWithoutPage: [],
    // Undated, and no filing that came when it was ready.
    undatedResults: [facts[2]],
  });
});

test.each([
  ['https://ir.tesla.com/', 1],
  ['https://abc.xyz/investor/', 1],
  ['https://www.microsoft.com/en-us/investor/earnings/', 1],
  ['https://www.microsoft.com/en-us/investor/events/fy-2024/earnings-fy-2024-q4', 0],
  ['https://www.sec.gov/Archives/edgar/data/1045810/000104581026000019/', 0],
  ['https://traderfan.io/?p=22354', 0],
])('%s is a site in %i case', (url, count) => {
  expect(sourceQuality([factOf({ source: { title: 'A page', url } })]).ownWithoutPage).toHaveLength(count);
});

test('at least 95 % of the shipped figures that companies publish are first-hand, and all but two link to a page', () => {
  const { ownFirstHandPercent, ownWithoutPage } = sourceQuality(curatedFacts);
  expect(ownFirstHandPercent).toBeGreaterThanOrEqual(MIN_FIRST_HAND_PERCENT);
  // What Alphabet and Amazon said of 2026 on their calls of July 2026, for want of a page.
  expect(ownWithoutPage.length).toBeLessThanOrEqual(2);
});

test('a quarter needs a minute or a bound, unless a report or a newspaper told it; a valuation never does', () => {
  const report = { ...page, title: 'Microsoft 10-Q 0000950170-24-118967' };
  const facts = [
    factOf({ source: report }),
    factOf({ basis: 'press_report', source: tracker }),
    factOf({ metric: 'valuation' }),
    factOf({ source: page, knownBy: '16:30' }),
    factOf({ period: { start: '2023-07-01', end: '2024-06-30' } }),
  ];
  expect(sourceQuality(facts)).toMatchObject({ undated: 4, undatedResults: [] });
});
