import { expect, test } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { nextFilingCheck } from '../../src/refresh/refresh-job.ts';

const calendar = loadCalendar();
const at = (text: string): number => Date.parse(text);
const reports = [{ symbol: 'MSFT', day: '2026-04-29', estimated: false }] as const;

test('filings are checked again a day later', () => {
  expect(nextFilingCheck(calendar, [], at('2026-04-20T12:00:00Z'))).toBe(at('2026-04-21T12:00:00Z'));
  expect(nextFilingCheck(calendar, reports, at('2026-04-20T12:00:00Z'))).toBe(at('2026-04-21T12:00:00Z'));
});

test('on the evening of a report filings are checked every 15 minutes from the closing bell to midnight', () => {
  const checks: number[] = [];
  for (let look = at('2026-04-29T13:00:00Z'); look < at('2026-04-30T13:00:00Z'); ) {
    look = nextFilingCheck(calendar, reports, look);
    checks.push(look);
  }
  // 16:00 to 23:45 New York: 32 checks, and the next a day after the last of them.
  expect(checks).toHaveLength(33);
  expect(checks[0]).toBe(at('2026-04-29T20:00:00Z'));
  expect(checks[31]).toBe(at('2026-04-30T03:45:00Z'));
  expect(checks[32]).toBe(at('2026-05-01T03:45:00Z'));
});

test('the evening of an early close starts with it', () => {
  const early = [{ symbol: 'MSFT', day: '2026-11-27', estimated: true }] as const;
  expect(nextFilingCheck(calendar, early, at('2026-11-27T12:00:00Z'))).toBe(at('2026-11-27T18:00:00Z'));
});
