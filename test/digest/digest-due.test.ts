import { describe, expect, it } from 'vitest';
import type { DigestProfile } from '../../src/channels/digest-profile.ts';
import { digestOn, duesSince, nextDigest } from '../../src/digest/digest-due.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';

const calendar = loadCalendar();
const at = (instant: string): number => Date.parse(instant);
const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 16);

const newYork: DigestProfile = { timeZone: 'America/New_York' };
const seoul: DigestProfile = { timeZone: 'Asia/Seoul', at: '07:00' };
const london: DigestProfile = { timeZone: 'Europe/London', at: '22:30' };
const kolkata: DigestProfile = { timeZone: 'Asia/Kolkata', at: '02:30' };

describe('when a digest is due', () => {
  it('is 15 minutes after the closing bell if no time was chosen, also on an early close', () => {
    expect(iso(digestOn(newYork, calendar, '2026-11-25')?.at)).toBe('2026-11-25T21:15');
    expect(iso(digestOn(newYork, calendar, '2026-11-27')?.at)).toBe('2026-11-27T18:15');
  });

  it('is the next local morning in Seoul, on both sides of New York’s clock change', () => {
    expect(iso(digestOn(seoul, calendar, '2026-03-06')?.at)).toBe('2026-03-06T22:00');
    expect(iso(digestOn(seoul, calendar, '2026-03-09')?.at)).toBe('2026-03-09T22:00');
  });

  it('means the same day for a time up to an hour before the closes are final, and the next day for an earlier one', () => {
    const early = (time: string) => iso(digestOn({ ...newYork, at: time }, calendar, '2026-07-01')?.at);
    expect(early('15:15')).toBe('2026-07-01T20:15');
    expect(early('15:14')).toBe('2026-07-02T19:14');
  });

  it('waits 15 minutes in Kolkata in winter, when New York closes at that very minute', () => {
    expect(iso(digestOn(kolkata, calendar, '2026-07-01')?.at)).toBe('2026-07-01T21:00');
    expect(iso(digestOn(kolkata, calendar, '2026-12-01')?.at)).toBe('2026-12-01T21:15');
  });

  it('takes the time of the closing bell for the same day, and a time more than an hour before final bars for the next', () => {
    expect(iso(digestOn({ ...newYork, at: '16:00' }, calendar, '2026-07-01')?.at)).toBe('2026-07-01T20:15');
    expect(iso(digestOn({ ...newYork, at: '15:14' }, calendar, '2026-07-01')?.at)).toBe('2026-07-02T19:14');
  });

  it('takes a local time skipped by the clock change an hour later', () => {
    const early: DigestProfile = { timeZone: 'America/New_York', at: '02:30' };
    // Friday's, at 02:30 on Saturday; the Sunday of the change has no session before it.
    expect(iso(digestOn({ ...early, days: [7] }, calendar, '2026-03-06')?.at)).toBe('2026-03-08T07:30');
  });

  it('is due on a closed day only for channels that ask for its one line', () => {
    expect(digestOn(newYork, calendar, '2026-11-26')).toBeUndefined();
    expect(digestOn({ ...newYork, closedDays: true }, calendar, '2026-11-26')).toEqual({
      day: '2026-11-26',
      closed: true,
      at: at('2026-11-26T21:15Z'),
    });
    expect(digestOn({ ...newYork, closedDays: true }, calendar, '2026-11-28')).toBeUndefined();
  });

  it('is only the newest of several days due at once', () => {
    const mondays: DigestProfile = { timeZone: 'Europe/London', at: '09:00', days: [1] };
    expect(digestOn(mondays, calendar, '2026-06-03')).toBeUndefined();
    expect(iso(digestOn(mondays, calendar, '2026-06-05')?.at)).toBe('2026-06-08T08:00');
  });

  it('is due once for every session of a year in each zone, after its bars are final and within 25 hours', () => {
    for (const profile of [newYork, { ...newYork, at: '16:15' }, seoul, london, kolkata]) {
      const seen = new Set<number>();
      for (let day = '2026-01-02'; day <= '2026-12-31'; day = calendar.next(day)) {
        const due = digestOn(profile, calendar, day);
        const known = (calendar.hours(day)?.close ?? 0) + 15 * MINUTE_MS;
        expect(due?.at).toBeGreaterThanOrEqual(known);
        expect(due?.at).toBeLessThan(known + 25 * 60 * MINUTE_MS);
        seen.add(due?.at ?? 0);
        if (due === undefined) continue;
        expect(nextDigest(profile, calendar, due.at - 1)).toEqual(due);
        expect(duesSince(profile, calendar, calendar.previous(day), due.at)).toEqual([due]);
        expect(duesSince(profile, calendar, calendar.previous(day), due.at - 1)).toEqual([]);
        expect(duesSince(profile, calendar, undefined, due.at)).toEqual([due]);
      }
      expect(seen.size).toBe(251);
    }
  });
});

describe('the next digest', () => {
  /** Days from well before until well after those that a digest of now may be of. */
  const days = Array.from({ length: 40 }, (_, n) =>
    new Date(at('2026-06-12T00:00Z') + n * 86_400_000).toISOString().slice(0, 10),
  );

  it.each(['Pacific/Kiritimati', 'Asia/Seoul', 'Europe/London', 'America/New_York', 'Pacific/Pago_Pago'])(
    'is the first of all days that is due after now, at whatever time and on whatever days: %s',
    (timeZone) => {
      for (const time of ['00:00', '04:00', '10:00', '18:00'])
        for (const own of [[], [1], [6, 7]]) {
          const profile: DigestProfile = { timeZone, at: time, days: own };
          const dues = days.flatMap((day) => digestOn(profile, calendar, day)?.at ?? []);
          for (let now = at('2026-06-30T00:00Z'); now < at('2026-07-07T00:00Z'); now += 7 * 60 * MINUTE_MS)
            expect(nextDigest(profile, calendar, now)?.at).toBe(Math.min(...dues.filter((due) => due > now)));
        }
    },
  );

  it('of one day a week is that of the last session up to it, and no earlier one is told there', () => {
    const fridays: DigestProfile = { timeZone: 'America/New_York', at: '18:00', days: [5] };
    expect(iso(digestOn(fridays, calendar, '2026-06-12')?.at)).toBe('2026-06-12T22:00');
    for (const day of ['2026-06-08', '2026-06-09', '2026-06-10', '2026-06-11'])
      expect(digestOn(fridays, calendar, day)).toBeUndefined();
  });
});
