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
