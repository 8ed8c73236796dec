import { expect, test } from 'vitest';
import {
  formatDate,
  formatFullDate,
  formatInstant,
  formatPeriod,
  quarterStart,
  weekdays,
} from '../../src/i18n/dates.ts';
import { catalogue } from '../cards/stories.ts';

const en = catalogue.in('en');
const ko = catalogue.in('ko');

test('a date has its year if it is not the year of the card', () => {
  expect(formatDate(en, '2024-06-18', '2024-07-30')).toBe('18 Jun');
  expect(formatDate(ko, '2024-06-18', '2024-07-30')).toBe('6월 18일');
  expect(formatDate(en, '2022-10-07', '2024-07-24')).toBe('7 Oct 2022');
  expect(formatDate(ko, '2022-10-07', '2024-07-24')).toBe('2022년 10월 7일');
  expect(formatFullDate(en, '2024-09-06')).toBe('6 Sep 2024');
});

test('an instant is given in New York time, in summer and in winter', () => {
  expect(formatInstant(en, Date.parse('2024-07-30T20:00:00Z'))).toBe('30 Jul 2024 16:00 New York');
  expect(formatInstant(ko, Date.parse('2024-07-30T20:00:00Z'))).toBe('2024년 7월 30일 16:00 뉴욕');
  expect(formatInstant(en, Date.parse('2024-12-02T14:31:59Z'))).toBe('2 Dec 2024 09:31 New York');
  expect(formatInstant(en, Date.parse('2024-07-31T03:30:00Z'))).toBe('30 Jul 2024 23:30 New York');
});

test.each([
  ['2024-04-01', '2024-06-30', 'Apr–Jun 2024', '2024년 4–6월'],
  // Nvidia's fiscal quarters end in the last week of a month, Apple's on a Saturday near the month's end.
  ['2024-01-29', '2024-04-28', 'Feb–Apr 2024', '2024년 2–4월'],
  ['2025-10-27', '2026-01-25', 'Nov 2025–Jan 2026', '2025년 11월–2026년 1월'],
  ['2023-01-01', '2023-04-01', 'Jan–Mar 2023', '2023년 1–3월'],
  ['2023-02-01', '2024-04-30', 'Feb 2023–Apr 2024', '2023년 2월–2024년 4월'],
  ['2023-10-01', '2023-12-30', 'Oct–Dec 2023', '2023년 10–12월'],
  ['2024-01-01', '2024-12-31', '2024', '2024년'],
  ['2024-07-01', '2025-06-30', 'Jul 2024–Jun 2025', '2024년 7월–2025년 6월'],
  ['2024-06-01', '2024-06-30', 'Jun 2024', '2024년 6월'],
])('the period from %s to %s is %s', (start, end, english, korean) => {
  expect(formatPeriod(en, start, end)).toBe(english);
  expect(formatPeriod(ko, start, end)).toBe(korean);
});

test.each([
  ['2024-04-28', 'Feb–Apr 2024'],
  ['2023-04-01', 'Jan–Mar 2023'],
  ['2024-12-31', 'Oct–Dec 2024'],
  ['2026-01-25', 'Nov 2025–Jan 2026'],
])('a quarter known only by its end, %s, is %s', (end, months) => {
  expect(formatPeriod(en, quarterStart(end), end)).toBe(months);
});

test('an invalid date is refused', () => {
  expect(() => formatFullDate(en, '2024-02-30')).toThrow(RangeError);
});

test('three weekdays in a row are a range, two are named', () => {
  expect(
    [
      [1, 2, 3, 4, 5],
      [1, 2],
      [1, 3],
      [1, 2, 3, 5, 6],
    ].map((days) => weekdays(en, days)),
  ).toEqual(['Mon–Fri', 'Mon, Tue', 'Mon, Wed', 'Mon–Wed, Fri, Sat']);
});
