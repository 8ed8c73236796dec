import { expect, it, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { readPriceFile } from '../../src/market/csv.ts';
import { type Micros, toMicros } from '../../src/market/money.ts';
import type { PriceRule, Rules } from '../../src/market/watchlist.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { foldMinutes, type MinutePrice } from '../../src/slides/fold-minutes.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { seeded } from '../doubles/random.ts';
import { type DayPrices, drawPaths, priceOnPath } from '../market-paths.ts';
import { sharedOrSkip } from '../shared.ts';
import { createReference } from './reference.ts';
import { alertLine, closing, sessionAt } from './samples.ts';

const OPEN_MS = 13.5 * 60 * MINUTE_MS;
const openOf = (session: string): number => Date.parse(`${session}T00:00:00Z`) + OPEN_MS;

const barsOf = (minutes: readonly MinutePrice[]): Bar[] =>
  [...new Set(minutes.map(({ session }) => session))].map((session) => {
    const close = minutes.findLast((it) => it.session === session)?.price ?? 0;
    return { session, open: close, high: close, low: close, close, volume: 0 };
  });

const seriesOf = (minutes: readonly MinutePrice[], past: readonly Bar[] = []) => ({
  ...{ past, minutes, bars: barsOf(minutes), unclosed: new Set<string>() },
});

const play = (rules: Rules, minutes: readonly MinutePrice[], past: readonly Bar[] = []): string[] =>
  foldMinutes({ rules }, 'TEST', seriesOf(minutes, past)).map(
    ({ alert, at }) => `${alertLine(alert)} ${at === undefined ? 'close' : new Date(at).toISOString().slice(11, 16)}`,
  );

/** Prices of a session from its opening on, one a minute. */
const minutesOf = (session: string, ...prices: readonly number[]): MinutePrice[] =>
  prices.map((price, n) => ({ session, at: openOf(session) + n * MINUTE_MS, price: toMicros(price) }));

const NONE: Rules = { drawdown: [], day: [] };
const [FIRST, SECOND] = [sessionAt(0), sessionAt(1)];

test('a fall from the high of the last minutes fires at the second price, once a session', () => {
  const rules: Rules = { ...NONE, within: [{ minutes: 5, levels: [400] }] };
  const fall = [100, 99, 96, 95.9, 100, 95, 95, 95];
  const minutes = [...minutesOf(FIRST, ...fall), ...minutesOf(SECOND, 95, 95, 91, 91, 91)];
  expect(play(rules, minutes)).toEqual([`within 5/4 ${FIRST} 13:33`, `within 5/4 ${SECOND} 13:33`]);
});

test('a price counts from when it was set, fires once, and by the close of a later day at once', () => {
  const set: PriceRule = { price: 97e6, side: 'below', since: openOf(FIRST), day: FIRST };
  const rules: Rules = { ...NONE, price: [set] };
  expect(play(rules, minutesOf(FIRST, 100, 96, 97.5, 96, 95, 99, 90, 90))).toEqual([`below 97 ${FIRST} 13:34`]);
  expect(play(rules, [...minutesOf(FIRST, 100, 99, 96), ...minutesOf(SECOND, 98, 98, 96)])).toEqual([
    `below 97 ${SECOND} close`,
  ]);
  expect(play(rules, minutesOf(FIRST, 100, 99, 96))).toEqual([]);
});

test('levels of the day and of the peak are judged by the closes before, whose own alerts are not told', () => {
  const rules: Rules = { drawdown: [{ window: 252, levels: [1_000, 2_000] }], day: [500] };
  const past = closing(100, 95, 85);
  const session = sessionAt(3);
  expect(foldBars({ rules }, 'TEST', past).alerts.map(alertLine)).toHaveLength(3);
  expect(play(rules, minutesOf(session, 84, 80, 79.9, 81), past)).toEqual([
    `252/20 ${session} 13:32`,
    `day 5 ${session} 13:32`,
  ]);
  expect(play(rules, minutesOf(session, 84, 84, 79), past)).toEqual([
    `252/20 ${session} close`,
    `day 5 ${session} close`,
  ]);
});

test('a session whose prices end too early has no close', () => {
  const rules: Rules = { drawdown: [], day: [500] };
  const minutes = minutesOf(FIRST, 100, 99, 94);
  const series = {
    ...seriesOf(minutes, closing(100).slice(0, 0)),
    past: [{ ...closing(100)[0], session: '2000-01-03' } as Bar],
  };
  expect(foldMinutes({ rules }, 'TEST', series)).toHaveLength(1);
  expect(foldMinutes({ rules }, 'TEST', { ...series, unclosed: new Set([FIRST]) })).toEqual([]);
});

test('a sudden rise that the next price does not repeat is no high to fall from', () => {
  const rules: Rules = { ...NONE, within: [{ minutes: 5, levels: [400] }] };
  expect(play(rules, minutesOf(FIRST, 100, 105, 100, 100, 100))).toEqual([]);
});

/** What counts by the rules: a price that is over 2% above the one before counts for nothing. */
const counted = (minutes: readonly MinutePrice[]): MinutePrice[] =>
  minutes.filter(({ price }, n) => n === 0 || 100 * price <= 102 * (minutes[n - 1]?.price ?? 0));

/** Falls within minutes, looked up plainly: at each price the highest of all that are so many minutes old at most. */
const slowWithin = (minutes: readonly MinutePrice[], spans: Readonly<Record<number, readonly number[]>>): string[] => {
  const all = counted(minutes);
  const reached = (n: number, span: number, level: number): boolean => {
    const own = all[n];
    if (!own) return false;
    const seen = all.slice(0, n + 1).filter((it) => it.session === own.session && it.at >= own.at - span * MINUTE_MS);
    const high = Math.max(...seen.map(({ price }) => price));
    return BigInt(own.price) * 10_000n <= BigInt(high) * BigInt(10_000 - level);
  };
  return Object.entries(spans).flatMap(([span, levels]) => {
    const told = new Set<string>();
    return all.flatMap(({ session, at }, n) => {
      if (all[n - 1]?.session !== session) return [];
      const fired = levels.filter(
        (level) =>
          !told.has(`${session} ${level}`) && reached(n, Number(span), level) && reached(n - 1, Number(span), level),
      );
      const deepest = Math.max(0, ...fired);
      for (const level of levels) if (level <= deepest) told.add(`${session} ${level}`);
      return deepest > 0
        ? [`within ${span}/${deepest / 100} ${session} ${new Date(at).toISOString().slice(11, 16)}`]
        : [];
    });
  });
};

/** The first two prices in a row, of one session, that are past it; or the close of a later session. */
const slowPrice = (minutes: readonly MinutePrice[], side: 'below' | 'above', price: Micros): string[] => {
  const isPast = (it: MinutePrice | undefined): boolean =>
    it !== undefined && (side === 'below' ? it.price < price : it.price > price);
  const all = counted(minutes);
  const [first] = minutes;
  const ends = new Set(barsOf(minutes).map(({ session }) => minutes.findLast((it) => it.session === session)));
  for (const it of minutes) {
    const n = all.indexOf(it);
    const time = new Date(it.at).toISOString().slice(11, 16);
    const name = `${side} ${price / 1e6} ${it.session}`;
    if (n > 0 && isPast(it) && isPast(all[n - 1])) return [`${name} ${time}`];
    if (ends.has(it) && it.session !== first?.session && isPast(it)) return [`${name} close`];
  }
  return [];
};

const SPANS = { 5: [100, 200, 300], 15: [100, 250], 30: [200, 400], 60: [300, 500], 120: [200, 400, 600] };
const within = Object.entries(SPANS).map(([minutes, levels]) => ({ minutes: Number(minutes), levels }));

const isWithin = (line: string): boolean => line.startsWith('within');
const sorted = (lines: readonly string[]): string[] => lines.toSorted();

/** Checks every rule against the slow look; the number of falls and of prices that were told. */
const checkAll = (minutes: readonly MinutePrice[]): readonly [falls: number, prices: number] => {
  const falls = play({ ...NONE, within }, minutes).filter(isWithin);
  expect(sorted(falls)).toEqual(sorted(slowWithin(minutes, SPANS)));
  const [first] = minutes;
  if (!first) throw new Error('expected prices');
  const prices = [-5, -3, -2, -1, 1, 2, 3].map((percent) => Math.round(first.price * (1 + percent / 100)));
  let told = 0;
  for (const price of prices) {
    const side = price < first.price ? 'below' : 'above';
    const set: PriceRule = { price, side, since: first.at, day: first.session };
    const lines = play({ ...NONE, price: [set] }, minutes);
    expect(lines).toEqual(slowPrice(minutes, side, price));
    told += lines.length;
  }
  return [falls.length, told];
};

/** Nvidia's days of 5 Aug 2024, 27 Jan 2025 and 3 Apr 2025, and Tesla's of 5 Jun 2025: open, high, low and close. */
const DAYS: readonly DayPrices[] = [
  { open: 92.06e6, high: 103.41e6, low: 90.69e6, close: 100.45e6 },
  { open: 124.8e6, high: 128.4e6, low: 116.7e6, close: 118.42e6 },
  { open: 103.51e6, high: 105.63e6, low: 101.6e6, close: 101.8e6 },
  { open: 322.49e6, high: 324.55e6, low: 273.21e6, close: 284.7e6 },
];

/** A path through the day's prices, one a minute; of the end of each minute. */
const drawn = (session: string, day: DayPrices, random: () => number, scale = 1): MinutePrice[] => {
  const path = drawPaths(new Map([['TEST', day]]), random).get('TEST') ?? [];
  return Array.from({ length: 390 }, (_, n) => ({
    session,
    at: openOf(session) + n * MINUTE_MS,
    price: Math.round(priceOnPath(path, (n + 1) * MINUTE_MS - 1) * scale),
  }));
};

it('drawn days of falls raise what a slow look at all prices of the last minutes does', () => {
  const random = seeded(11);
  let [falls, prices] = [0, 0];
  for (const day of DAYS)
    for (let n = 0; n < 5; n += 1) {
      // A second session at about the close of the first, with an own overnight gap.
      const next = DAYS[n % DAYS.length] as DayPrices;
      const scale = (day.close / next.open) * (0.97 + 0.06 * random());
      const all = [...drawn(FIRST, day, random), ...drawn(SECOND, next, random, scale)];
      // Minutes that a file lacks.
      const [ownFalls, ownPrices] = checkAll(all.filter(() => random() > 0.03));
      falls += ownFalls;
      prices += ownPrices;
    }
  expect(falls).toBeGreaterThan(100);
  expect(prices).toBeGreaterThan(50);
});

it('drawn days raise the levels of a day and of a peak that the reference does', () => {
  const random = seeded(12);
  const rules: Rules = {
    drawdown: [
      { window: 252, levels: [500, 1_000, 1_500, 2_000] },
      { window: 20, levels: [700, 1_200] },
    ],
    day: [300, 500, 700, 1_000],
  };
  let told = 0;
  for (const day of DAYS) {
    const past = closing(100, 110, 104, 108).map((bar) => ({
      ...bar,
      close: Math.round((bar.close * day.open) / 100e6),
    }));
    const minutes = drawn(sessionAt(4), day, random);
    const reference = createReference(rules);
    for (const { session, close } of past)
      reference({ symbol: 'TEST', session, price: close, tradeTime: 0, final: true });
    const seen = [
      ...minutes.map(({ session, at, price }) => ({ symbol: 'TEST', session, price, tradeTime: at, final: false })),
      ...barsOf(minutes).map(({ session, close }) => ({
        symbol: 'TEST',
        session,
        price: close,
        tradeTime: 0,
        final: true,
      })),
    ];
    const expected = seen.flatMap((observation) => reference(observation));
    expect(foldMinutes({ rules }, 'TEST', seriesOf(minutes, past)).map(({ alert }) => alert)).toEqual(expected);
    told += expected.length;
  }
  expect(told).toBeGreaterThan(8);
});

/** Files of real minutes: 390 of one, the others of five minutes each. */
const REAL = [
  '2025-10-10_NVDA_1m',
  '2022-09-13_NVDA_5m',
  '2025-06-05_NVDA_5m',
  '2025-06-05_TSLA_5m',
  '2025-10-10_NVDA_5m',
];

it.for(REAL)('%s, a real day, raises what a slow look does', async (name, context) => {
  const { minutes = [] } = await readPriceFile(sharedOrSkip(context, `data/intraday/${name}.csv`));
  const session = name.slice(0, 10);
  const [falls] = checkAll(minutes.map(({ at, price }) => ({ session, at, price })));
  expect(falls).toBeGreaterThan(name.includes('2025-06-05_NVDA') ? -1 : 0);
});
