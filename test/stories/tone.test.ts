import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromMicros, toMicros } from '../../src/market/money.ts';
import { deepestTone, TONE_NAMES, toneBelow, toneFacts, toneOfLevel } from '../../src/stories/tone.ts';

test.each([
  [100, 103, 'calm'],
  [100, 95.01, 'calm'],
  [100, 95, 'amber'],
  [100, 90.000001, 'amber'],
  [100, 90, 'orange'],
  // 19.996% prints as 20.0 and is not 20.
  [100, 80.004, 'orange'],
  [100, 80, 'red'],
  [100, 60.01, 'red'],
  [100, 60, 'darkred'],
  [100, 1, 'darkred'],
] as const)('from %d to %d the tone is %s', (base, price, tone) => {
  expect(toneBelow(toMicros(price), [toMicros(base)])).toBe(tone);
});

test('a fall that is exactly on a threshold has its tone, and one micro-unit higher the one before', () => {
  const unit = fc.integer({ min: 1, max: 900_000_000_000 });
  fc.assert(
    fc.property(unit, fc.integer({ min: 1, max: TONE_NAMES.length - 1 }), (whole, at) => {
      const [shallower, tone] = TONE_NAMES.slice(at - 1, at + 1);
      const price = whole * (10_000 - toneFacts(tone ?? 'calm').from);
      expect([toneBelow(price, [whole * 10_000]), toneBelow(price + 1, [whole * 10_000])]).toEqual([tone, shallower]);
    }),
  );
});

test('a price that a chart draws is the same in micro-units, up to two billion', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000_000_000_000_000 }), (micros) => {
      expect(toMicros(fromMicros(micros))).toBe(micros);
    }),
  );
});

test('the deepest of the falls decides, and a base that is not known counts as none', () => {
  expect(toneBelow(88, [100, 120])).toBe('red');
  expect(toneBelow(88, [100, undefined])).toBe('orange');
  expect(toneBelow(88, [])).toBe('calm');
});

test('the tones stand in order of depth', () => {
  const depths = TONE_NAMES.map((tone) => toneFacts(tone).from);
  expect(depths).toEqual(depths.toSorted((a, b) => a - b));
  expect(new Set(depths).size).toBe(depths.length);
});

test.each([
  [499, 'calm'],
  [500, 'amber'],
  [1000, 'orange'],
  [2000, 'red'],
  [8000, 'darkred'],
] as const)('a level of %d basis points is %s', (level, tone) => {
  expect(toneOfLevel(level)).toBe(tone);
});

test('of several tones the deepest applies', () => {
  expect(deepestTone(['calm', 'red', 'amber'])).toBe('red');
  expect(deepestTone(['calm'])).toBe('calm');
  expect(deepestTone([])).toBe('calm');
});
