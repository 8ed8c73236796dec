import { expect, test } from 'vitest';
import type { DigestProfile } from '../../src/channels/digest-profile.ts';
import { decideDigest, initialDecidedDay } from '../../src/digest/digest-decision.ts';
import type { Calendar } from '../../src/market/calendar.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { HOUR_MS } from '../../src/util/durations.ts';

const calendar = loadCalendar();

test('a digest of exactly six hours ago is enqueued, and one a millisecond older is skipped', () => {
  const newYork: DigestProfile = { timeZone: 'America/New_York' };
  const due = Date.parse('2026-07-01T20:15Z');
  expect(decideDigest(newYork, calendar, '2026-06-30', due + 6 * HOUR_MS)).toMatchObject({
    enqueue: true,
    skipped: [],
  });
  expect(decideDigest(newYork, calendar, '2026-06-30', due + 6 * HOUR_MS + 1)).toMatchObject({
    enqueue: false,
    skipped: ['old'],
  });
});

test('Friday’s digest comes on Monday for channels first seen on the weekend, also if the exchange was closed for weeks before', () => {
  const reopened = '2026-07-31';
  const closed: Calendar = { ...calendar, isSession: (day) => day >= reopened && calendar.isSession(day) };
  const mondays: DigestProfile = { timeZone: 'Europe/London', at: '09:00', days: [1] };
  const decided = initialDecidedDay(mondays, closed, Date.parse('2026-08-02T12:00Z'));
  expect(decideDigest(mondays, closed, decided, Date.parse('2026-08-03T08:00Z'))).toMatchObject({
    due: { day: reopened },
    enqueue: true,
  });
});
