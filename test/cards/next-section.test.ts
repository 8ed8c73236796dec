import { expect, test } from 'vitest';
import { nextSection } from '../../src/cards/slide-card.ts';
import type { NextReport } from '../../src/facts/report-day.ts';
import { catalogue } from './stories.ts';

const TODAY = '2024-07-30';

const said = (language: string, next: NextReport | undefined) =>
  nextSection(catalogue.in(language), next, TODAY).map(({ heading, rows }) => [
    heading,
    ...(rows ?? []).map(({ text, aside }) => (aside === undefined ? text : `${text} (${aside})`)),
  ]);

test('who reports next, today or on another day, in both languages', () => {
  const microsoft: NextReport = { day: TODAY, symbols: ['MSFT'], estimated: false };
  expect(said('en', microsoft)).toEqual([['NEXT', 'Microsoft reports today after the close']]);
  expect(said('ko', microsoft)).toEqual([['실적 일정', '마이크로소프트, 오늘 장 마감 후 실적 발표']]);
  const two: NextReport = { day: '2024-08-01', symbols: ['AAPL', 'AMZN'], estimated: true };
  expect(said('en', two)).toEqual([['NEXT', 'Apple and Amazon report on Thu 1 Aug (estimated)']]);
});

test('nothing where nobody is known to report, or the day is past when the card is made', () => {
  expect(said('en', undefined)).toEqual([]);
  expect(said('en', { day: '2024-07-29', symbols: ['MSFT'], estimated: false })).toEqual([]);
});
