import { expect, it, test } from 'vitest';
import { digestOn } from '../../src/digest/digest-due.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { expectOneDigestASession } from './one-digest-a-session.ts';

const calendar = loadCalendar();

/** Far from New York on both sides, with and without clock changes, some in mid-week (Cairo) or by half an hour (Lord Howe). */
const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'America/Sao_Paulo',
  'Europe/London',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Seoul',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];

test.each(ZONES)(
  'every half hour in %s brings one digest a session over two years, never two within twelve hours',
  (zone) => {
    expectOneDigestASession(zone);
  },
);

it('a time between an early and a usual close tells of the session before, on the short day as on any other', () => {
  const due = (at: string, session: string) =>
    new Date(digestOn({ timeZone: 'America/New_York', at }, calendar, session)?.at ?? 0).toISOString().slice(0, 16);
  for (const at of ['13:00', '13:30'])
    expect(['2026-12-22', '2026-12-23', '2026-12-24'].map((session) => due(at, session).slice(0, 10))).toEqual([
      '2026-12-23',
      '2026-12-24',
      '2026-12-25',
    ]);
  expect(due('13:00', '2026-12-23')).toBe('2026-12-24T18:00');
});
