import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  columnMarks,
  formatFigure,
  formatPrice,
  formatUsdInWords,
  formatUsdRange,
  formatUsdShort,
} from '../../src/i18n/amounts.ts';
import { toMicros } from '../../src/market/money.ts';
import { catalogue } from '../cards/stories.ts';

const en = catalogue.in('en');
const ko = catalogue.in('ko');

test('a price has its unit, an index has none, a market value is in words', () => {
  expect(formatPrice(en, toMicros(103.73), 'usd')).toBe('$103.73');
  expect(formatPrice(ko, toMicros(103.73), 'usd')).toBe('103.73달러');
  expect(formatPrice(ko, toMicros(17_342.41), 'points')).toBe('17,342.41');
  expect(formatPrice(en, toMicros(15_432.1), 'usd-billions')).toBe('$15.43 trillion');
  expect(formatPrice(ko, toMicros(15_432.1), 'usd-billions')).toBe('15조 4,300억 달러');
  expect(formatFigure(en, toMicros(0.5), 'usd')).toBe('0.50');
});

test.each([
  [784e9, '$784 billion', '7,840억 달러'],
  [783_510_000_000, '$784 billion', '7,840억 달러'],
  [1.2e12, '$1.2 trillion', '1조 2,000억 달러'],
  [1e12, '$1 trillion', '1조 달러'],
  [999.9e9, '$1 trillion', '1조 달러'],
  [13.9e9, '$13.9 billion', '139억 달러'],
  [2.15e9, '$2.15 billion', '21억 5,000만 달러'],
  [369e6, '$369 million', '3억 6,900만 달러'],
  [-4.2e9, '\u2212$4.2 billion', '\u221242억 달러'],
])('%d dollars in a sentence', (dollars, english, korean) => {
  expect(formatUsdInWords(en, dollars)).toBe(english);
  expect(formatUsdInWords(ko, dollars)).toBe(korean);
});

test('a fact has three digits, and round figures stay round', () => {
  expect(formatUsdShort(en, 13_873e6)).toBe('$13.9B');
  expect(formatUsdShort(en, 14_000e6)).toBe('$14.0B');
  expect(formatUsdShort(en, 2_151e6)).toBe('$2.15B');
  expect(formatUsdShort(en, 167e9, true)).toBe('$167B');
  expect(formatUsdShort(en, 37e9, true)).toBe('$37B');
  expect(formatUsdShort(ko, 13_873e6)).toBe('139억 달러');
  expect(formatUsdShort(en, -1_200e6)).toBe('\u2212$1.20B');
});

test('a range names its unit once', () => {
  expect(formatUsdRange(en, 37e9, 40e9)).toBe('$37–40B');
  expect(formatUsdRange(ko, 37e9, 40e9)).toBe('370억–400억 달러');
});

test('every amount in Korean can be parsed back to the same value', () => {
  const worth: Record<string, number> = { 조: 1e12, 억: 1e8, 만: 1e4 };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_000_000_000_000_000 }), (dollars) => {
      expect(formatUsdInWords(en, dollars)).toMatch(/^\$[\d.,]+( (thousand|million|billion|trillion))?$/);
      const text = formatUsdInWords(ko, dollars);
      expect(text).toMatch(/^[\d,]+[조억만]?( [\d,]+[조억만]?)* 달러$/);
      const parts = [...text.matchAll(/([\d,]+)([조억만]?)/g)];
      const value = parts.reduce(
        (sum, [, digits = '', unit = '']) => sum + Number(digits.replaceAll(',', '')) * (worth[unit] ?? 1),
        0,
      );
      expect(value).toBeCloseTo(Number(dollars.toPrecision(3)), 0);
    }),
  );
});

test.each([
  ['the four', [33_926, 44_289, 52_913], 'B', ['34', '44', '53']],
  ['a company around ten billions', [6_607, 9_735, 13_873], 'B', ['6.6', '9.7', '13.9']],
  ['the same with many columns', [6_607, ...Array<number>(8).fill(13_873)], 'B', ['7', ...Array<string>(8).fill('14')]],
  ['a company below ten billions', [248, 1_099, 9_999], 'B', ['0.2', '1.1', '10.0']],
  ['a company below one billion', [248, 369, 977], 'M', ['248', '369', '977']],
  ['none', [], 'M', []],
])('the sums over columns have one unit and as many decimals: %s', (_, millions, unit, marks) => {
  expect(columnMarks(millions)).toEqual({ unit, marks });
});
