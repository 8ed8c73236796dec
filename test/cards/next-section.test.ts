import { expect, test } from 'vitest';
import { nextSection } from '../../src/cards/slide-card.ts';
import type { NextReport } from '../../src/facts/report-day.ts';
import { catalogue } from './stories.ts';

const TODAY = '2024-07-30';

const sectionsOf = (language: string, next: NextReport | undefined) =>
  nextSection(catalogue.in(language), next, TODAY).map(({ heading, rows }) => [
    heading,
    ...(rows ?? []).map(({ text, aside }) => (aside === undefined ? text : `${text} (${aside})`)),
  ]);

test('the next report, today or on another day, in both languages', () => {
  const microsoft: NextReport = { day: TODAY, symbols: ['MSFT'], estimated: false };
  expect(sectionsOf('en', microsoft)).toEqual([['NEXT', 'Microsoft reports today after the close']]);
  expect(sectionsOf('ko', microsoft)).toEqual([['실적 일정', '마이크로소프트, 오늘 장 마감 후 실적 발표']]);
  const two: NextReport = { day: '2024-08-01', symbols: ['AAPL', 'AMZN'], estimated: true };
  expect(sectionsOf('en', two)).toEqual([['NEXT', 'Apple and Amazon report on Thu 1 Aug (estimated)']]);
});

test('there is no section without a known report, or if its day is past when the card is made', () => {
  expect(sectionsOf('en', undefined)).toEqual([]);
  expect(sectionsOf('en', { day: '2024-07-29', symbols: ['MSFT'], estimated: false })).toEqual([]);
});
