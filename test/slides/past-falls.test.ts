import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBars } from '../../src/market/csv.ts';
import { toMicros } from '../../src/market/money.ts';
import { baseRates } from '../../src/slides/base-rates.ts';
import { depthPercentile } from '../../src/slides/past-depths.ts';
import { fallsOf, worstFalls } from '../../src/slides/past-falls.ts';
import { ALL_TIME, closesWithNow, peakWithin, pricePositionOf } from '../../src/slides/price-position.ts';
import type { Closes } from '../../src/slides/series.ts';
import { sharedOrSkip } from '../shared.ts';
import { sessionAt, summer } from './samples.ts';

const series = (...prices: readonly number[]): Closes => ({
  sessions: prices.map((_, at) => sessionAt(at)),
  closes: prices.map(toMicros),
});

/** A few prices, so that ties and equal depths are common. */
const anyCloses: fc.Arbitrary<number[]> = fc.array(fc.constantFrom(40, 50, 60, 72, 75, 80, 90, 96, 100, 108, 120), {
  minLength: 1,
  maxLength: 40,
});

const max = (prices: readonly number[]): number => Math.max(...prices);

describe('falls', () => {
  test('a fall runs from the latest session of its peak over its first lowest close to the first close at the peak', () => {
    const [fall, ...others] = fallsOf(series(90, 100, 100, 80, 95, 80, 100, 101));
    expect(others).toEqual([]);
    expect([fall?.peak.at, fall?.trough.at, fall?.recovered?.at]).toEqual([2, 3, 6]);
  });

  test('the last fall may still be under way', () => {
    expect(fallsOf(series(100, 90, 110, 99))).toMatchObject([
      { peak: { price: toMicros(100) }, recovered: { price: toMicros(110) } },
      { peak: { price: toMicros(110) }, trough: { price: toMicros(99) } },
    ]);
    expect(fallsOf(series(100, 90)).at(-1)?.recovered).toBeUndefined();
  });

  test('a rising or empty record has no falls', () => {
    expect(fallsOf(series(1, 2, 2, 3))).toEqual([]);
    expect(fallsOf(series())).toEqual([]);
  });

  test('of two equally deep falls the earlier ranks first', () => {
    const falls = fallsOf(series(100, 80, 100, 90, 120, 96, 130));
    expect(worstFalls(falls, 2).map(({ peak }) => peak.price)).toEqual([toMicros(100), toMicros(120)]);
  });

  test('every session below an earlier close lies in exactly one fall', () => {
    fc.assert(
      fc.property(anyCloses, (prices) => {
        const falls = fallsOf(series(...prices));
        for (const [at, price] of prices.entries()) {
          const high = max(prices.slice(0, at + 1));
          const own = falls.filter((fall) => at > fall.peak.at && at < (fall.recovered?.at ?? prices.length));
          expect(own).toHaveLength(price < high ? 1 : 0);
          if (own[0]) {
            expect(own[0].peak.at).toBe(prices.slice(0, at + 1).lastIndexOf(high));
            const lowest = prices.slice(own[0].peak.at, own[0].recovered?.at ?? prices.length);
            expect(own[0].trough.at).toBe(own[0].peak.at + lowest.indexOf(Math.min(...lowest)));
          }
        }
      }),
    );
  });
});

describe('the depth percentile', () => {
  test('counts the sessions that were less deep below their own peak, without ties', () => {
    // Depths: 0, 10, 20, 0, 10 %; now 10 %.
    expect(depthPercentile(series(100, 90, 80, 100, 90), ALL_TIME, toMicros(90), toMicros(100))).toBe(40);
    expect(depthPercentile(series(100, 90), ALL_TIME, toMicros(100), toMicros(100))).toBe(0);
    expect(depthPercentile(series(), 252, toMicros(1), toMicros(2))).toBeUndefined();
  });

  test('agrees with searching every peak from scratch, for every window', () => {
    fc.assert(
      fc.property(
        anyCloses,
        fc.constantFrom(1, 2, 5, ALL_TIME),
        fc.constantFrom(60, 72, 90, 120),
        (prices, window, now) => {
          const shallower = prices.filter((price, at) => {
            const peak = max(prices.slice(Math.max(0, at - window + 1), at + 1));
            return price * 120 > now * peak;
          });
          const share = depthPercentile(series(...prices), window, toMicros(now), toMicros(120));
          expect(share).toBeCloseTo((shallower.length / prices.length) * 100, 9);
        },
      ),
    );
  });
});

describe('base rates', () => {
  // Falls of 20, 30, 40 and 10 %, then 20 % below 200.
  const record = [100, 80, 100, 85, 80, 70, 90, 100, 60, 100, 90, 200, 160];

  test('three earlier falls that reached the depth give medians', () => {
    const rates = baseRates(series(...record), toMicros(160), toMicros(200));
    expect(rates?.cases).toBe(3);
    // From 80: to 80, 70 and 60. From the first close at or below 80 to the old peak: 1, 3 and 1 sessions.
    expect(rates?.after?.furtherPercent).toBeCloseTo(-12.5, 9);
    expect(rates?.after?.sessionsToNewHigh).toBe(1);
  });

  test('fewer than three cases give only their count', () => {
    expect(baseRates(series(...record), toMicros(130), toMicros(200))).toEqual({ cases: 1 });
    expect(baseRates(series(100, 90), toMicros(90), toMicros(100))).toEqual({ cases: 0 });
  });

  test('at the peak there are none', () => {
    expect(baseRates(series(100, 90, 100), toMicros(100), toMicros(100))).toBeUndefined();
  });

  test('agree with splitting the record at every new high', () => {
    fc.assert(
      fc.property(anyCloses, fc.integer({ min: 1, max: 59 }), (prices, depth) => {
        const record = [...prices, 200, 200 - 2 * depth];
        const highs = record.flatMap((price, at) => (price >= max(record.slice(0, at + 1)) ? [at] : []));
        const cases = highs.flatMap((high, n) => {
          const next = highs[n + 1];
          if (next === undefined) return [];
          const level = (record[high] as number) * (100 - depth);
          const below = record.slice(high, next).flatMap((price, at) => (price * 100 <= level ? [high + at] : []));
          if (below[0] === undefined) return [];
          const lowest = Math.min(...record.slice(high, next));
          return [{ further: (lowest * 100) / level, sessions: next - below[0] }];
        });
        const rates = baseRates(series(...record), toMicros(200 - 2 * depth), toMicros(200));
        expect(rates?.cases).toBe(cases.length);
        const middle = (values: number[]) => {
          const sorted = values.sort((a, b) => a - b);
          return (
            ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
          );
        };
        if (cases.length < 3) {
          expect(rates?.after).toBeUndefined();
          return;
        }
        expect(rates?.after?.furtherPercent).toBeCloseTo((middle(cases.map(({ further }) => further)) - 1) * 100, 6);
        expect(rates?.after?.sessionsToNewHigh).toBe(middle(cases.map(({ sessions }) => sessions)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('real closes', () => {
  const standingOn = (symbol: string, day: string) => {
    const standing = pricePositionOf(
      summer(symbol).filter(({ session }) => session <= day),
      undefined,
    );
    if (!standing) throw new Error('expected closes');
    return standing;
  };

  test('Nvidia on 30 July 2024 is 23.49 % below the 135.58 of 18 June, 28 sessions later', () => {
    const standing = standingOn('NVDA', '2024-07-30');
    expect(peakWithin(standing, 252)).toEqual({ price: toMicros(135.58), session: '2024-06-18', sessions: 28 });
    expect(peakWithin(standing, 20)).toEqual({ price: toMicros(134.91), session: '2024-07-10', sessions: 14 });
  });

  test('its worst fall since 2022 began before the record and ended in May 2023', () => {
    const [worst] = worstFalls(fallsOf(closesWithNow(standingOn('NVDA', '2024-07-30'))), 1);
    expect([worst?.peak.session, worst?.trough.session, worst?.recovered?.session]).toEqual([
      '2022-01-03',
      '2022-10-14',
      '2023-05-17',
    ]);
  });

  test('since 2015 Nvidia had been that deep five times before, in these falls', (context) => {
    const bars = parseBars(sharedOrSkip(context, 'data/daily/NVDA.csv')).filter(
      ({ session }) => session <= '2024-07-30',
    );
    const closes = { sessions: bars.map(({ session }) => session), closes: bars.map(({ close }) => close) };
    const deep = fallsOf(closes).filter(({ peak, trough }) => trough.price * 5 <= peak.price * 4);
    expect(deep.map(({ peak, recovered }) => [peak.session, recovered?.session])).toEqual([
      ['2015-12-04', '2016-03-18'],
      ['2018-10-01', '2020-02-14'],
      ['2020-02-19', '2020-05-11'],
      ['2021-02-16', '2021-04-13'],
      ['2021-11-29', '2023-05-25'],
      ['2024-06-18', undefined],
    ]);
    expect(worstFalls(deep, 1)[0]?.trough).toMatchObject({ session: '2022-10-14', price: toMicros(11.227) });
    const rates = baseRates(closes, toMicros(103.73), toMicros(135.58));
    expect(rates?.cases).toBe(5);
    // The median fall, of 37.59 %, went from 76.51 % of its peak down to 62.41 %.
    expect(rates?.after?.furtherPercent).toBeCloseTo((4.91 / 7.8675 / (103.73 / 135.58) - 1) * 100, 9);
    // From the first close at that depth: 28, 329, 41, 25 and 339 sessions.
    expect(rates?.after?.sessionsToNewHigh).toBe(41);
  });
});
