import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { sharedOrSkip } from '../shared.ts';

const calendar = loadCalendar();
const utc = (text: string): number => Date.parse(text);

const days = (from: string, to: string): string[] => {
  const out: string[] = [];
  for (let day = from; day <= to; day = Temporal.PlainDate.from(day).add({ days: 1 }).toString()) out.push(day);
  return out;
};

describe('hours, across both clock changes of a year', () => {
  test.each([
    ['2024-03-08', '2024-03-08T14:30Z', '2024-03-08T21:00Z'],
    ['2024-03-11', '2024-03-11T13:30Z', '2024-03-11T20:00Z'],
    ['2024-11-01', '2024-11-01T13:30Z', '2024-11-01T20:00Z'],
    ['2024-11-04', '2024-11-04T14:30Z', '2024-11-04T21:00Z'],
    ['2026-03-06', '2026-03-06T14:30Z', '2026-03-06T21:00Z'],
    ['2026-03-09', '2026-03-09T13:30Z', '2026-03-09T20:00Z'],
    ['2026-10-30', '2026-10-30T13:30Z', '2026-10-30T20:00Z'],
    ['2026-11-02', '2026-11-02T14:30Z', '2026-11-02T21:00Z'],
  ])('%s opens at %s and closes at %s', (day, open, close) => {
    expect(calendar.hours(day)).toEqual({ open: utc(open), close: utc(close), early: false });
  });

  test.each([
    ['2024-07-03', '2024-07-03T17:00Z'],
    ['2024-11-29', '2024-11-29T18:00Z'],
    ['2026-12-24', '2026-12-24T18:00Z'],
  ])('%s closes early, at %s', (day, close) => {
    expect(calendar.hours(day)).toMatchObject({ close: utc(close), early: true });
  });
});

describe('days without a session', () => {
  test.each([
    ['2024-07-04', 'independence'],
    ['2025-01-09', 'carter-mourning'],
    ['2026-07-03', 'independence'],
    ['2024-03-29', 'good-friday'],
  ])('%s is closed for %s', (day, reason) => {
    expect(calendar.isSession(day)).toBe(false);
    expect(calendar.hours(day)).toBeUndefined();
    expect(calendar.closedFor(day)).toBe(reason);
  });

  test('a weekend is closed without a reason', () => {
    expect(calendar.isSession('2024-07-06')).toBe(false);
    expect(calendar.closedFor('2024-07-06')).toBeUndefined();
  });

  test('a session has no reason to be closed', () => {
    expect(calendar.isSession('2025-01-10')).toBe(true);
    expect(calendar.closedFor('2025-01-10')).toBeUndefined();
  });
});

describe('the session of an instant', () => {
  test.each([
    ['during trading', '2024-07-24T15:00Z', '2024-07-24'],
    ['at the opening bell', '2024-07-24T13:30Z', '2024-07-24'],
    ['at the closing bell', '2024-07-24T20:00Z', '2024-07-24'],
    ['late in the evening of New York, the next day in London', '2024-07-25T02:00Z', '2024-07-24'],
    ['on a Saturday', '2024-07-27T12:00Z', '2024-07-26'],
    ['on a holiday', '2024-07-04T15:00Z', '2024-07-03'],
    ['on the Sunday of the clock change', '2024-03-10T07:30Z', '2024-03-08'],
    ['on New Year, across the year', '2025-01-01T15:00Z', '2024-12-31'],
  ])('%s', (_, instant, session) => {
    expect(calendar.sessionOf(utc(instant))).toBe(session);
  });
});

describe('isOpen and lastFinal', () => {
  test.each([
    ['a millisecond before the opening bell', utc('2024-07-24T13:30Z') - 1, false, '2024-07-23'],
    ['at the opening bell', utc('2024-07-24T13:30Z'), true, '2024-07-23'],
    ['a millisecond before the closing bell', utc('2024-07-24T20:00Z') - 1, true, '2024-07-23'],
    ['at the closing bell', utc('2024-07-24T20:00Z'), false, '2024-07-24'],
    ['after an early close', utc('2024-07-03T17:00Z'), false, '2024-07-03'],
    ['on the morning of a Monday', utc('2024-07-29T12:00Z'), false, '2024-07-26'],
    ['on a day of mourning', utc('2025-01-09T16:00Z'), false, '2025-01-08'],
  ])('%s', (_, instant, open, final) => {
    expect(calendar.isOpen(instant)).toBe(open);
    expect(calendar.lastFinal(instant)).toBe(final);
  });
});

describe('counting sessions', () => {
  test.each([
    ['2024-07-24', '2024-07-26', 2],
    ['2024-07-26', '2024-07-29', 1],
    ['2024-06-18', '2024-07-30', 28],
    ['2024-07-10', '2024-08-02', 17],
    ['2025-01-08', '2025-01-10', 1],
    ['2024-07-04', '2024-07-05', 1],
    ['2024-07-06', '2024-07-07', 0],
    ['2024-07-24', '2024-07-24', 0],
    ['2024-07-26', '2024-07-24', 0],
  ])('after %s up to %s there are %i', (from, to, sessions) => {
    expect(calendar.between(from, to)).toBe(sessions);
  });

  test('the next and the previous session step over weekends and holidays', () => {
    expect(calendar.next('2024-07-03')).toBe('2024-07-05');
    expect(calendar.previous('2024-07-05')).toBe('2024-07-03');
    expect(calendar.next('2024-08-30')).toBe('2024-09-03');
    expect(calendar.previous('2025-01-10')).toBe('2025-01-08');
  });

  test('counting agrees with stepping', () => {
    const any = fc.constantFrom(...days('2024-01-01', '2027-12-31'));
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 40 }), (from, steps) => {
        let to = from;
        for (let n = 0; n < steps; n += 1) to = calendar.next(to);
        expect(calendar.between(from, to)).toBe(steps);
        expect(calendar.previous(calendar.next(to))).toBe(to);
      }),
    );
  });
});

test('an instant of trading belongs to the session whose hours contain it', () => {
  const sessions = days('2024-01-01', '2027-12-31').filter((day) => calendar.isSession(day));
  fc.assert(
    fc.property(fc.constantFrom(...sessions), fc.double({ min: 0, max: 0.999, noNaN: true }), (day, fraction) => {
      const { open = 0, close = 0 } = calendar.hours(day) ?? {};
      const instant = Math.floor(open + fraction * (close - open));
      expect(calendar.isOpen(instant)).toBe(true);
      expect(calendar.sessionOf(instant)).toBe(day);
      expect(calendar.lastFinal(instant)).toBe(calendar.previous(day));
    }),
  );
});

test('the table covers 2024 to 2027, and beyond it only weekends are known', () => {
  expect(['2023-12-29', '2024-01-01', '2027-12-31', '2028-01-03'].map(calendar.covers)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(calendar.isSession('2028-07-04')).toBe(true);
  expect(calendar.isSession('2028-07-08')).toBe(false);
});

test('closings are weekdays, and early closes are sessions', () => {
  for (const day of days('2024-01-01', '2027-12-31')) {
    if (calendar.closedFor(day) !== undefined) expect(Temporal.PlainDate.from(day).dayOfWeek, day).toBeLessThan(6);
  }
  const early = days('2024-01-01', '2027-12-31').filter((day) => calendar.hours(day)?.early);
  expect(early).toHaveLength(9);
});

/** The closings and early closes of four years, in order. */
const specialDays = (): { closed: string[]; early: string[] } => {
  const all = days('2024-01-01', '2027-12-31');
  return {
    closed: all.filter((day) => calendar.closedFor(day) !== undefined),
    early: all.filter((day) => calendar.hours(day)?.early),
  };
};

test.each(['2024', '2025', '2026', '2027'])('the year %s has ten or more closings', (year) => {
  expect(specialDays().closed.filter((day) => day.startsWith(year)).length).toBeGreaterThanOrEqual(10);
});

test('closings and early closes are those that were collected', (context) => {
  const path = sharedOrSkip(context, 'data/us-equity-calendar.json');
  const { closed, early } = JSON.parse(readFileSync(path, 'utf8'));
  expect(specialDays()).toEqual({
    closed: Object.values<string[]>(closed).flat(),
    early: Object.values<string[]>(early).flat(),
  });
});
