import { expect, test } from 'vitest';
import { numberIn } from '../../../../src/facts/edgar/inline/number-text.ts';

const read = (text: string, format?: string, scale?: string, sign?: string): number | undefined =>
  numberIn(text, { format, scale, sign });

test.each([
  ['41,096', 'ixt:num-dot-decimal', '6', 41_096_000_000],
  ['41,096', 'ixt:numdotdecimal', '6', 41_096_000_000],
  ['1.234,5', 'ixt:num-comma-decimal', '3', 1_234_500],
  ['1.234,5', 'ixt:numcommadecimal', '3', 1_234_500],
  ['14.2', 'ixt:num-dot-decimal', '9', 14_200_000_000],
  ['—', 'ixt:fixed-zero', '6', 0],
  ['-', 'ixt:zerodash', '6', 0],
  ['50', 'ixt:num-dot-decimal', '-2', 0.5],
  [' 1 234 ', 'ixt:num-dot-decimal', '0', 1_234],
  ['7', undefined, undefined, 7],
])('%j in %s at scale %s is %d, exact to its last digit', (text, format, scale, value) => {
  expect(read(text, format, scale)).toBe(value);
});

test('a sign of minus turns the value, and leaves zero alone', () => {
  expect(read('445', 'ixt:num-dot-decimal', '6', '-')).toBe(-445_000_000);
  expect(read('—', 'ixt:fixed-zero', '6', '-')).toBe(0);
});

test.each([
  ['three hundred', 'ixt-sec:numwordsen', '0'],
  ['41,096', undefined, '6'],
  ['n/a', 'ixt:num-dot-decimal', '6'],
  ['', 'ixt:num-dot-decimal', '6'],
  ['1.2.3', 'ixt:num-dot-decimal', '6'],
  ['41,096', 'ixt:num-dot-decimal', 'six'],
])('%j in %s at scale %s is not read', (text, format, scale) => {
  expect(read(text, format, scale)).toBeUndefined();
});
