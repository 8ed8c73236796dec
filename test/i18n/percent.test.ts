import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changePercent, formatChange, formatLevel, formatPercent } from '../../src/i18n/percent.ts';
import { toMicros } from '../../src/market/money.ts';
import { catalogue } from '../cards/stories.ts';

const en = catalogue.in('en');
const ko = catalogue.in('ko');

describe('changePercent', () => {
  test.each([
    // Closes of DESIGN section 4.
    [103.73, 135.58, 1, -23.5],
    [103.73, 135.58, 2, -23.49],
    [17_342.41, 18_647.45, 1, -7],
    [17_342.41, 18_647.45, 3, -6.998],
    [16_776.16, 18_647.45, 2, -10.04],
    [17_342.41, 17_997.35, 2, -3.64],
    // Ties go away from zero, in both directions.
    [99.95, 100, 1, -0.1],
    [100.05, 100, 1, 0.1],
    [98.75, 100, 1, -1.3],
    [101.25, 100, 1, 1.3],
    [79.996, 100, 2, -20],
    [80.004, 100, 2, -20],
  ])('%d against %d, to %d decimals, is %d', (price, base, decimals, percent) => {
    expect(changePercent(toMicros(price), toMicros(base), decimals)).toBe(percent);
  });

  test('a fall that rounds to nothing is 0, not -0', () => {
    expect(Object.is(changePercent(99_999, 100_000, 1), 0)).toBe(true);
  });

  test('a base that is not positive is refused', () => {
    expect(() => changePercent(1, 0)).toThrow(RangeError);
    expect(() => changePercent(1, Number.NaN)).toThrow(RangeError);
  });

  test('is within half a step of the quotient and keeps its sign', () => {
    const price = fc.integer({ min: 1, max: 9_000_000_000_000_000 });
    fc.assert(
      fc.property(price, price, (now, before) => {
        const percent = changePercent(now, before);
        const exact = (now / before - 1) * 100;
        expect(Math.abs(percent - exact)).toBeLessThanOrEqual(0.05 + Math.abs(exact) * 1e-9);
        if (percent !== 0) expect(Math.sign(percent)).toBe(Math.sign(now - before));
      }),
    );
  });
});

describe('printing', () => {
  test('the minus is U+2212, and there is no space before %', () => {
    expect(formatChange(en, -7.04)).toBe('\u22127.0%');
    expect(formatChange(ko, -7.04)).toBe('\u22127.0%');
    expect(formatChange(en, 91.4, 0)).toBe('+91%');
    expect(formatChange(ko, 1234.5, 0)).toBe('+1,235%');
    expect(formatPercent(en, 23.5)).toBe('23.5%');
  });

  test('a value that rounds to zero has no sign', () => {
    expect(formatChange(en, -0.04)).toBe('0.0%');
    expect(formatChange(en, 0.04)).toBe('0.0%');
    expect(formatChange(en, -0.4, 0)).toBe('0%');
  });

  test('a level has the decimals it needs', () => {
    expect([2000, 250, 1000].map((level) => formatLevel(ko, level))).toEqual(['20%', '2.5%', '10%']);
  });

  test('is never NaN or a negative zero, and has the sign of the number', () => {
    const percent = fc.double({ min: -100, max: 100_000, noNaN: true });
    fc.assert(
      fc.property(percent, fc.constantFrom(en, ko), fc.constantFrom(0, 1, 2), (value, words, decimals) => {
        const text = formatChange(words, value, decimals);
        expect(text).toMatch(/^[\u2212+]?[\d,]+(\.\d+)?%$/);
        const isZero = !/[1-9]/.test(text);
        expect(text.startsWith('\u2212')).toBe(!isZero && value < 0);
        expect(text.startsWith('+')).toBe(!isZero && value > 0);
      }),
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (value) => {
    expect(() => formatChange(en, value)).toThrow(RangeError);
  });
});
