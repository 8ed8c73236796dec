import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { momentOf, readAcceptance } from '../../../src/facts/edgar/acceptance.ts';
import { newYorkClock, newYorkDay, newYorkTime } from '../../../src/market/exchange-time.ts';
import { addDays } from '../../../src/util/day.ts';
import { listedFilings } from './listed-filings.ts';

describe('the time of acceptance', () => {
  it.each([
    ['Nvidia’s results of August 2024', '2024-08-28T20:21:16.000Z', '2024-08-28', '2024-08-28 16:21'],
    ['Microsoft’s in the winter', '2026-01-28T21:04:38.000Z', '2026-01-28', '2026-01-28 16:04'],
    ['Nvidia’s preliminary figures before the open', '2022-08-08T13:16:50.000Z', '2022-08-08', '2022-08-08 09:16'],
    ['Tesla’s report of the evening before', '2026-01-29T01:55:03.000Z', '2026-01-29', '2026-01-28 20:55'],
    ['Nvidia’s report of the Friday before', '2023-08-25T23:36:34.000Z', '2023-08-28', '2023-08-25 19:36'],
    ['Tesla’s report at six in the morning', '2022-10-24T10:08:50.000Z', '2022-10-24', '2022-10-24 06:08'],
  ])('is UTC: %s', (_, stamp, filed, minute) => {
    const { published, time } = momentOf(readAcceptance(stamp, filed));
    expect(`${published} ${time}`).toBe(minute);
  });

  it.each([
    ['Nvidia’s results of February 2026', '2026-02-25T16:31:25.000Z', '2026-02-25', '2026-02-25 16:31'],
    ['its report eleven minutes later', '2026-02-25T16:42:19.000Z', '2026-02-25', '2026-02-25 16:42'],
    ['a release before UTC’s hours', '2024-08-01T08:00:00.000Z', '2024-08-01', '2024-08-01 08:00'],
    ['what came after 17:30', '2024-08-01T18:04:12.000Z', '2024-08-02', '2024-08-01 18:04'],
    ['the last minutes of a Friday', '2024-08-02T21:40:00.000Z', '2024-08-05', undefined],
  ])('is New York’s in spite of its Z, where only that is possible: %s', (_, stamp, filed, minute) => {
    const { published, time } = momentOf(readAcceptance(stamp, filed));
    expect(time && `${published} ${time}`).toBe(minute);
  });

  it('is the later of two that are as likely, as a bound', () => {
    expect(momentOf(readAcceptance('2024-08-01T15:00:00.000Z', '2024-08-01'))).toEqual({
      published: '2024-08-01',
      knownBy: '15:00',
    });
    expect(momentOf(readAcceptance('2024-08-02T21:40:00.000Z', '2024-08-05'))).toEqual({
      published: '2024-08-02',
      knownBy: '21:40',
    });
  });

  it.each([
    ['on a Sunday', '2024-08-04T20:00:00.000Z', '2024-08-05'],
    ['years before its date', '2019-08-01T20:05:00.000Z', '2024-08-05'],
    ['after its date', '2024-08-06T20:05:00.000Z', '2024-08-05'],
    ['that is none', 'yesterday', '2024-08-05'],
    ['of no calendar', '2024-13-41T20:05:00.000Z', '2024-08-05'],
    ['that is missing', undefined, '2024-08-05'],
  ])('%s is not believed: the filing was there by 17:30 of its date', (_, stamp, filed) => {
    expect(momentOf(readAcceptance(stamp, filed))).toEqual({ published: '2024-08-05', knownBy: '17:30' });
  });
});

test('every filing of three companies in four years has a minute, in EDGAR’s hours and before its date ends', () => {
  for (const symbol of ['MSFT', 'NVDA', 'TSLA'])
    for (const { accepted, filed } of listedFilings(symbol)) {
      const { published, time = '' } = momentOf(accepted);
      expect(time >= '06:00' && time <= '22:00').toBe(true);
      expect(time <= '17:30' ? published : addDays(published, 1) <= filed && filed).toBe(filed);
    }
});

const DAYS = fc.integer({ min: 0, max: 2_500 }).map((days) => addDays('2020-01-01', days));
const isWeekday = (day: string): boolean => newYorkClock(newYorkTime(day, '12:00')).dayOfWeek <= 5;
const weekday = DAYS.filter(isWeekday);

const nextWeekday = (day: string): string => {
  const next = addDays(day, 1);
  return isWeekday(next) ? next : nextWeekday(next);
};

/** A minute of the day from 06:00 to 22:00 outside of the trading hours. */
const filingMinute = fc
  .oneof(fc.integer({ min: 360, max: 569 }), fc.integer({ min: 960, max: 1_320 }))
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);

test('what is filed outside of the trading hours is never read as earlier than it was, in either form', () => {
  fc.assert(
    fc.property(weekday, filingMinute, fc.boolean(), (day, minute, asUtc) => {
      const accepted = newYorkTime(day, minute);
      const stamp = asUtc ? new Date(accepted).toISOString() : `${day}T${minute}:00.000Z`;
      const filed = minute <= '17:30' ? day : nextWeekday(day);
      const read = readAcceptance(stamp, filed);
      if (read.exact) expect(read.at).toBe(accepted);
      else {
        expect(read.at).toBeGreaterThanOrEqual(accepted);
        expect(newYorkDay(read.at)).toBe(day);
      }
    }),
    { numRuns: 1_000 },
  );
});
