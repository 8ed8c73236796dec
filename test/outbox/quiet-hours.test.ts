import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../src/outbox/quiet-hours.ts';

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;

const NIGHT = { from: '22:00', to: '07:00' };
const SEOUL = 'Asia/Seoul';
const NY = 'America/New_York';

describe('quiet hours', () => {
  it.each([
    ['before they begin', '2025-03-05T21:59[Asia/Seoul]', undefined],
    ['when they begin', '2025-03-05T22:00[Asia/Seoul]', '2025-03-06T07:00[Asia/Seoul]'],
    ['after midnight', '2025-03-06T03:00[Asia/Seoul]', '2025-03-06T07:00[Asia/Seoul]'],
    ['a moment before their end', '2025-03-06T06:59:59[Asia/Seoul]', '2025-03-06T07:00[Asia/Seoul]'],
    ['at their end', '2025-03-06T07:00[Asia/Seoul]', undefined],
  ])('over midnight, %s', (_, now, end) => {
    expect(quietUntil(NIGHT, SEOUL, at(now))).toBe(end && at(end));
  });

  it('within a day last from noon to two', () => {
    const noon = { from: '12:00', to: '14:00' };
    expect(quietUntil(noon, NY, at('2025-03-05T13:00[America/New_York]'))).toBe(
      at('2025-03-05T14:00[America/New_York]'),
    );
    expect(quietUntil(noon, NY, at('2025-03-05T11:59[America/New_York]'))).toBeUndefined();
    expect(quietUntil(noon, NY, at('2025-03-05T23:00[America/New_York]'))).toBeUndefined();
  });

  it('are never active if they are not set, or if they begin and end at the same time', () => {
    expect(quietUntil(undefined, NY, 0)).toBeUndefined();
    expect(quietUntil({ from: '08:00', to: '08:00' }, NY, at('2025-03-05T08:00[America/New_York]'))).toBeUndefined();
  });

  it('are an hour shorter when the clock is put forward, and an hour longer when it is put back', () => {
    const spring = at('2025-03-08T22:00[America/New_York]');
    expect((quietUntil(NIGHT, NY, spring) ?? 0) - spring).toBe(8 * 3_600_000);
    const autumn = at('2025-11-01T22:00[America/New_York]');
    expect((quietUntil(NIGHT, NY, autumn) ?? 0) - autumn).toBe(10 * 3_600_000);
  });

  it('that end in the hour that the clock skips end an hour later by the clock', () => {
    const toHalfPastTwo = { from: '22:00', to: '02:30' };
    const end = at('2025-03-09T03:30[America/New_York]');
    expect(quietUntil(toHalfPastTwo, NY, at('2025-03-09T01:59[America/New_York]'))).toBe(end);
  });

  it('that end in the hour that occurs twice end at the first, and do not begin again', () => {
    const toHalfPastOne = { from: '22:00', to: '01:30' };
    const first = at('2025-11-02T01:30-04:00[America/New_York]');
    expect(quietUntil(toHalfPastOne, NY, first - 1)).toBe(first);
    expect(quietUntil(toHalfPastOne, NY, at('2025-11-02T01:15-05:00[America/New_York]'))).toBeUndefined();
  });

  it('end after now, within 25 hours, and at the minute that is set, in every time zone', () => {
    const minute = fc
      .integer({ min: 0, max: 1_439 })
      .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
    const zones = fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Europe/London', 'Australia/Lord_Howe', 'UTC');
    const instants = fc.integer({ min: at('2025-01-01T00:00[UTC]'), max: at('2027-01-01T00:00[UTC]') });
    fc.assert(
      fc.property(minute, minute, zones, instants, (from, to, zone, now) => {
        const end = quietUntil({ from, to }, zone, now);
        if (end === undefined) return;
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(25 * 3_600_000);
        const there = Temporal.Instant.fromEpochMilliseconds(end).toZonedDateTimeISO(zone);
        const wanted = there.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: to });
        expect(wanted.epochMilliseconds).toBe(end);
        // A moment before the end is still quiet.
        expect(quietUntil({ from, to }, zone, end - 1)).toBe(end);
      }),
      { numRuns: 500 },
    );
  });
});
