import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newYorkClock, newYorkDay } from '../../src/market/exchange-time.ts';
import { HOUR_MS } from '../../src/util/durations.ts';

// Days of 23 and 25 hours: the clock changes of 2024.
const changes = ['2024-03-10T05:00Z', '2024-11-03T04:00Z'].map((midnight) => Date.parse(midnight));

test('the New York day is that of the clock there, whatever was asked before', () => {
  const instants = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -48 * HOUR_MS, max: 48 * HOUR_MS }));
  fc.assert(
    fc.property(fc.array(instants, { minLength: 2, maxLength: 20 }), (asked) => {
      for (const [change, afterMs] of asked)
        expect(newYorkDay(change + afterMs)).toBe(
          newYorkClock(change + afterMs)
            .toPlainDate()
            .toString(),
        );
    }),
  );
});

test.each([
  ['2024-03-10T04:59:59.999Z', '2024-03-09'],
  ['2024-03-10T05:00Z', '2024-03-10'],
  ['2024-03-11T03:59:59.999Z', '2024-03-10'],
  ['2024-03-11T04:00Z', '2024-03-11'],
])('%s is on %s in New York', (instant, day) => {
  expect(newYorkDay(Date.parse(instant))).toBe(day);
});
