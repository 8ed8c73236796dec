import { expect, test } from 'vitest';
import { isTimeZone } from '../../src/util/time-zone.ts';

test.each([
  ['Asia/Seoul', true],
  ['asia/seoul', true],
  ['UTC', true],
  ['Asia/Calcutta', true],
  ['America/Nowhere', false],
  ['+09:00', false],
  ['', false],
  [`Asia/Seoul${'l'.repeat(100_000)}`, false],
])('"%.20s" is a time zone: %s', (text, expected) => {
  expect(isTimeZone(text)).toBe(expected);
});

test.each(['JST', 'IST', 'AST'])('"%s", which Intl accepts, is refused: no time can be computed in it', (text) => {
  expect(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone).toBeDefined();
  expect(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)).toThrow(RangeError);
  expect(isTimeZone(text)).toBe(false);
});
