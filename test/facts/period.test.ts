import { expect, test } from 'vitest';
import { calendarQuarter, isQuarter, shiftQuarter } from '../../src/facts/period.ts';
import { addDays } from '../../src/util/day.ts';

const stretch = (days: number) => ({ start: '2024-01-01', end: addDays('2024-01-01', days - 1) });

test.each([12, 13, 14])('a stretch of %i weeks is a quarter', (weeks) => {
  expect(isQuarter(stretch(weeks * 7))).toBe(true);
});

// Some retailers have a quarter of 16 weeks; nine weeks are about two months.
test.each([9, 16])('a stretch of %i weeks is no quarter', (weeks) => {
  expect(isQuarter(stretch(weeks * 7))).toBe(false);
});

test.each([
  [79, false],
  [80, true],
  [100, true],
  [101, false],
])('a quarter has 80 to 100 days, both ends included: %i days', (days, expected) => {
  expect(isQuarter(stretch(days))).toBe(expected);
});

test('a balance, which has no start, is no quarter', () => {
  expect(isQuarter({ end: '2024-03-31' })).toBe(false);
});

test.each([
  ['2024-01-01', '2024-01-01', '2024-03-31'],
  ['2024-02-29', '2024-01-01', '2024-03-31'],
  ['2024-06-30', '2024-04-01', '2024-06-30'],
  ['2024-07-01', '2024-07-01', '2024-09-30'],
  ['2024-12-31', '2024-10-01', '2024-12-31'],
])('%s is in the calendar quarter from %s to %s', (day, start, end) => {
  expect(calendarQuarter(day)).toEqual({ start, end });
});

test('the quarters before and after a quarter go on over the end of a year', () => {
  const first = calendarQuarter('2024-02-01');
  const starts = [-5, -4, -1, 0, 1, 3, 4].map((quarters) => shiftQuarter(first, quarters).start);
  expect(starts).toEqual([
    ...['2022-10-01', '2023-01-01', '2023-10-01', '2024-01-01'],
    ...['2024-04-01', '2024-10-01', '2025-01-01'],
  ]);
});
