import { expect, test } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { nextLook } from '../../src/refresh/report-evenings.ts';

const calendar = loadCalendar();
const at = (text: string): number => Date.parse(text);
const reports = [{ symbol: 'MSFT', day: '2026-04-29', estimated: false }] as const;

test('filings are looked at again a day later', () => {
  expect(nextLook(calendar, [], at('2026-04-20T12:00:00Z'))).toBe(at('2026-04-21T12:00:00Z'));
  expect(nextLook(calendar, reports, at('2026-04-20T12:00:00Z'))).toBe(at('2026-04-21T12:00:00Z'));
});

test('on the evening of a report from the bell to midnight every quarter of an hour, and not after', () => {
  const looks: number[] = [];
  for (let look = at('2026-04-29T13:00:00Z'); look < at('2026-04-30T13:00:00Z'); ) {
    look = nextLook(calendar, reports, look);
    looks.push(look);
  }
  // 16:00 to 23:45 New York: 32 looks, and the next a day after the last of them.
  expect(looks).toHaveLength(33);
  expect(looks[0]).toBe(at('2026-04-29T20:00:00Z'));
  expect(looks[31]).toBe(at('2026-04-30T03:45:00Z'));
  expect(looks[32]).toBe(at('2026-05-01T03:45:00Z'));
});

test('the evening of an early close begins with it', () => {
  const early = [{ symbol: 'MSFT', day: '2026-11-27', estimated: true }] as const;
  expect(nextLook(calendar, early, at('2026-11-27T12:00:00Z'))).toBe(at('2026-11-27T18:00:00Z'));
});
