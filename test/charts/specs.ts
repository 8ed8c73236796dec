import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { TestContext } from 'vitest';
import { pricePicture, slidePicture } from '../../src/cards/picture-figures.ts';
import { changePercent } from '../../src/i18n/percent.ts';
import { toMicros } from '../../src/market/money.ts';
import type { PriceUnit } from '../../src/market/watchlist.ts';
import type {
  BarsChart,
  BillChart,
  ChartBill,
  MultiplesChart,
  Point,
  PriceChart,
  ReturnChart,
  SlideChart,
  SlideSeries,
} from '../../src/stories/chart-spec.ts';
import { sharedOrSkip } from '../shared.ts';

/** One point per close, on consecutive weekdays from `first`. */
export const seriesFrom = (first: string, closes: readonly number[]): readonly Point[] => {
  const date = new Date(`${first}T00:00:00Z`);
  return closes.map((close) => {
    while (date.getUTCDay() % 6 === 0) date.setUTCDate(date.getUTCDate() + 1);
    const session = date.toISOString().slice(0, 10);
    date.setUTCDate(date.getUTCDate() + 1);
    return { session, close };
  });
};

/** The highest close of the last `window` points, on the latest date that set it. */
export const peakOf = (points: readonly Point[], window: number): Point =>
  points.slice(-window).reduce((peak, point) => (point.close >= peak.close ? point : peak));

interface Told {
  readonly unit?: PriceUnit;
  readonly bill?: ChartBill;
  /** Marks the lowest drawn close after the peak, as the card of a drawdown does. */
  readonly marksLowest?: boolean;
  /** As on a card of a recovery. */
  readonly over?: boolean;
  /** As on a card of a rise, from the lowest close of the window. */
  readonly rises?: boolean;
}

/** A picture of a series whose figures are those of its last point. Points that cannot be drawn leave them at zero. */
export const pictureOf = (
  series: SlideSeries,
  { unit = 'usd', bill, marksLowest, over, rises }: Told = {},
): SlideChart => {
  const usable = series.points.filter(({ close }) => Number.isFinite(close) && close > 0);
  const [now, previous] = [usable.at(-1), usable.at(-2)];
  const price = toMicros(now?.close ?? 0);
  const peak = Number.isFinite(series.peak.close) ? toMicros(series.peak.close) : Math.max(price, 1);
  const since = usable.slice(-(series.shown ?? usable.length)).filter(({ session }) => session >= series.peak.session);
  const lowest = since.toSorted((a, b) => a.close - b.close)[0];
  const low = rises
    ? usable.slice(-series.window).reduce<Point | undefined>((a, b) => (a && a.close < b.close ? a : b), undefined)
    : undefined;
  return slidePicture(series, {
    unit,
    price,
    peak: Math.max(low ? toMicros(low.close) : peak, 1),
    window: series.window,
    ...(low && { low }),
    ...(previous && { previous: toMicros(previous.close) }),
    ...(marksLowest &&
      lowest &&
      lowest !== now && {
        lowest: { session: lowest.session, price: Math.max(toMicros(lowest.close), 1), peak: Math.max(peak, 1) },
      }),
    ...(over && { over }),
    ...(bill && { bill }),
  });
};

/** A picture of closes with the figures that its card has; `unit` as of a stock. */
export const pricesOf = (symbol: string, points: readonly Point[], unit: PriceUnit = 'usd'): PriceChart => {
  const usable = points.filter(({ close }) => Number.isFinite(close) && close > 0);
  const sorted = usable.toSorted((a, b) => a.close - b.close);
  const at = (point: Point | undefined) => ({
    session: point?.session ?? '',
    price: Math.max(toMicros(point?.close ?? 1), 1),
  });
  const [first, now] = [at(usable[0]), at(usable.at(-1))];
  return pricePicture(
    { symbol, points },
    {
      unit,
      price: now.price,
      change: changePercent(now.price, first.price, now.price > 10 * first.price ? 0 : 1),
      first: first.price,
      high: at(sorted.at(-1)),
      low: at(sorted[0]),
    },
  );
};

/** What was known of the four on 30 July 2024 at the close. */
export const theBill: ChartBill = {
  companies: ['GOOGL', 'MSFT', 'AMZN', 'META'],
  coverage: '4/4',
  quarters: [
    { from: '2023-08-03', quarter: 'Q2', amount: '33.4', millions: 33_400 },
    { from: '2023-10-26', quarter: 'Q3', amount: '36.9', millions: 36_900 },
    { from: '2024-02-01', quarter: 'Q4', amount: '42.9', millions: 42_900 },
    { from: '2024-04-30', quarter: 'Q1', amount: '44.3', millions: 44_300 },
  ],
  total: '$44.3B',
  change: '+31%',
};

/** NVDA's golden slide, simplified: real peak and close, linear in between. */
export const nvdaSeries: SlideSeries = {
  kind: 'slide',
  symbol: 'NVDA',
  points: seriesFrom('2024-05-01', [
    ...Array.from({ length: 34 }, (_, index) => 83 + index * 1.5),
    135.58,
    ...Array.from({ length: 29 }, (_, index) => 134.5 - index),
    103.73,
  ]),
  peak: { session: '2024-06-18', close: 135.58 },
  window: 252,
  level: 20,
};

export const nvda: SlideChart = pictureOf(nvdaSeries);

/** A move of a day; a fall of 7% and more is orange, a smaller one calm. */
export const move = (symbol: string, percent: number): BarsChart['companies'][number] => ({
  symbol,
  percent,
  tone: percent > 0 ? 'rise' : percent <= -7 ? 'orange' : 'calm',
});

/** Bars of companies' moves on a day. */
export const barsOf = (
  companies: BarsChart['companies'],
  references: BarsChart['references'] = [],
  session = '2024-07-24',
): BarsChart => ({
  kind: 'bars',
  session,
  moved: { way: 'down', count: companies.filter(({ percent }) => percent < 0).length, of: companies.length },
  companies,
  references,
});

export const rollUp = barsOf([move('TSLA', -12.3), move('NVDA', -6.8), move('AAPL', 0.4)], [move('IXIC', -3.6)]);

/** Series of any length, with prices from 0.5 to a million, flat runs, jumps, and peaks before the first point. */
export const anySlide: fc.Arbitrary<SlideChart> = fc
  .record({
    first: fc.constantFrom('2019-12-30', '2023-07-03', '2024-06-18', '2001-01-02'),
    start: fc.double({ min: 0.5, max: 1_000_000, noNaN: true }),
    steps: fc.oneof(
      fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { maxLength: 400 }),
      fc.array(fc.constantFrom(1, 1, 1, 0.5, 2, 0.05, 20), { maxLength: 60 }),
      fc.array(fc.constant(1), { maxLength: 60 }),
      fc.array(fc.constantFrom(0.999, 1.001), { minLength: 1200, maxLength: 3000 }),
    ),
    window: fc.constantFrom(1, 2, 20, 252),
    level: fc.option(fc.constantFrom(2.5, 5, 7, 10, 20, 50, 80, 99), { nil: undefined }),
    shown: fc.integer({ min: 1, max: 3000 }),
    symbol: fc.constantFrom('NVDA', 'IXIC', 'MAG7', '^IXIC', 'BRK.B', 'F', 'WWWWW'),
  })
  .map(({ first, start, steps, window, level, shown, symbol }) => {
    const closes = [start];
    for (const step of steps) closes.push(Math.min(Math.max((closes.at(-1) ?? start) * step, 0.5), 1_000_000));
    const points = seriesFrom(first, closes);
    const spec = { kind: 'slide' as const, symbol, points: points.slice(-shown), peak: peakOf(points, window), window };
    return pictureOf(level === undefined ? spec : { ...spec, level });
  });

const anySymbol = fc.constantFrom('NVDA', 'GOOGL', 'IXIC', 'MAG7', 'F', 'BRK.B', 'WWWWWWWWWWWW');

/** A percent of one decimal, as a card rounds it. */
const anyPercent = fc.oneof(
  fc.integer({ min: -990, max: 300 }).map((tenths) => tenths / 10),
  fc.constantFrom(0, -0.1, 0.1, -5, -99.9, 1234.5),
);

const anyMove = fc
  .tuple(anySymbol, anyPercent, fc.constantFrom('calm', 'amber', 'orange', 'red', 'darkred', 'rise'))
  .map(([symbol, percent, tone]) => ({ symbol, percent, tone }) as const);

export const anyBars: fc.Arbitrary<BarsChart> = fc
  .tuple(fc.array(anyMove, { maxLength: 15 }), fc.array(anyMove, { maxLength: 4 }))
  .map(([companies, references]) => barsOf(companies, references));

/** Percents below a peak, some of them missing. */
const anyDepths = (count: number) =>
  fc.oneof(
    fc.array(fc.oneof(fc.constant(null), fc.double({ min: -99, max: 0, noNaN: true }), fc.constant(Number.NaN)), {
      minLength: count,
      maxLength: count,
    }),
    fc.constantFrom(0, -3, -55).map((depth) => Array<number>(count).fill(depth)),
  );

export const anyMultiples: fc.Arbitrary<MultiplesChart> = fc
  .record({ count: fc.integer({ min: 0, max: 260 }), panes: fc.integer({ min: 0, max: 9 }) })
  .chain(({ count, panes }) =>
    fc.record(
      {
        kind: fc.constant('multiples' as const),
        sessions: fc.constant(seriesFrom('2023-12-27', Array<number>(count).fill(1)).map(({ session }) => session)),
        breadth: fc.record({ fell: fc.nat(8), rose: fc.nat(8), of: fc.constantFrom(3, 8) }),
        panes: fc.array(
          fc.record(
            {
              symbol: anySymbol,
              reference: fc.boolean(),
              depths: anyDepths(count),
              deepest: fc.integer({ min: -99, max: 0 }),
              day: anyMove,
              latest: fc.record({ percent: anyPercent, tone: fc.constantFrom('calm', 'red', 'darkred') }),
            },
            { requiredKeys: ['symbol', 'depths'] },
          ),
          { minLength: panes, maxLength: panes },
        ),
      },
      { requiredKeys: ['kind', 'sessions', 'panes'] },
    ),
  );

const FOUR = ['MSFT', 'GOOGL', 'AMZN', 'META'];

/** "2022 Q4" and on. */
const quarterNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${2022 + Math.floor((at + 3) / 4)} Q${((at + 3) % 4) + 1}`);

const anyAmount = fc.oneof(fc.double({ min: 1, max: 90_000, noNaN: true }), fc.constantFrom(1, 30_000, 999_999));

/** Bills of one to sixteen quarters of the four or of one, with gaps, unfinished quarters and shares of any size. */
export const anyBill: fc.Arbitrary<BillChart> = fc
  .record({ count: fc.integer({ min: 1, max: 16 }), symbols: fc.constantFrom(FOUR, ['NVDA'], ['WWWWWWWWWWWW']) })
  .chain(({ count, symbols }) =>
    fc.record(
      {
        kind: fc.constant('bill' as const),
        symbols: fc.constant(symbols),
        quarters: fc
          .array(
            fc.record({
              parts: fc.array(fc.oneof({ weight: 9, arbitrary: anyAmount }, fc.constant(null)), {
                minLength: symbols.length,
                maxLength: symbols.length,
              }),
              share: fc.option(fc.oneof(fc.integer({ min: 1, max: 130 }), fc.constantFrom(151, 1146)), {
                nil: undefined,
              }),
            }),
            { minLength: count, maxLength: count },
          )
          .map((quarters) =>
            quarters.map(({ parts, share }, at) => {
              const sum = parts.reduce<number>((total, value) => total + (value ?? 0), 0);
              return {
                name: quarterNames(count)[at] ?? '',
                parts,
                ...(!parts.includes(null) && {
                  total: sum < 9_950 ? (sum / 1000).toFixed(1) : (sum / 1000).toFixed(0),
                }),
                ...(share !== undefined && !parts.includes(null) && { share }),
              };
            }),
          ),
        newest: fc.record(
          {
            amount: fc.constantFrom('$2.68B', '$165B', '$1.23T'),
            yoy: fc.integer({ min: -99, max: 1500 }),
            share: fc.integer({ min: 1, max: 1146 }),
          },
          { requiredKeys: ['amount'] },
        ),
        guidance: fc.record({
          amount: fc.constantFrom('$195–205B', '> $25B'),
          from: fc.integer({ min: count - 5, max: count }),
          to: fc.integer({ min: count, max: count + 3 }),
          low: fc.integer({ min: 1, max: 60_000 }),
          high: fc.integer({ min: 60_000, max: 90_000 }),
        }),
      },
      { requiredKeys: ['kind', 'symbols', 'quarters', 'newest'] },
    ),
  );

export const anyReturn: fc.Arbitrary<ReturnChart> = fc
  .array(fc.tuple(anyAmount, fc.array(anyAmount, { minLength: 3, maxLength: 3 }), fc.boolean()), {
    minLength: 1,
    maxLength: 8,
  })
  .chain((amounts) =>
    fc.record({
      kind: fc.constant('return' as const),
      symbols: fc.constant(['MSFT', 'GOOGL', 'AMZN']),
      quarters: fc.constant(
        amounts.map(([capex, parts, recast], at) => ({
          name: quarterNames(amounts.length)[at] ?? '',
          capex,
          parts,
          spent: (capex / 1000).toFixed(0),
          revenue: (parts.reduce((sum, value) => sum + value, 0) / 1000).toFixed(0),
          recast,
        })),
      ),
      newest: fc.record(
        {
          spent: fc.constantFrom('$44.3B', '$165B'),
          yoy: fc.integer({ min: -99, max: 500 }),
          amounts: fc.constant(['$24.1B', '$9.57B', '$27.5B']),
        },
        { requiredKeys: ['spent'] },
      ),
      pace: fc.array(
        fc.record({
          symbol: fc.constantFrom('MSFT', 'ANTHROPIC', 'OPENAI'),
          amount: fc.constantFrom('$37B', '$3.40B'),
        }),
        {
          maxLength: 6,
        },
      ),
    }),
  );

/** Slides of real closes. Skips the test if the recorded history is not there. */
export const realSlides = (context: TestContext): readonly SlideChart[] => {
  const daily = sharedOrSkip(context, 'data/daily');
  return readdirSync(daily).flatMap((file) => {
    const all = readFileSync(join(daily, file), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([session = '', , , , close]) => ({ session, close: Number(close) }));
    return [400, 1000, 2000].flatMap((end) =>
      [2, 25, 126, 252].flatMap((shown) =>
        [20, 252].map((window) => {
          const points = all.slice(0, -end);
          const symbol = file.replace('.csv', '');
          return pictureOf({
            kind: 'slide' as const,
            symbol,
            points: points.slice(-shown),
            peak: peakOf(points, window),
            window,
            level: 10,
          });
        }),
      ),
    );
  });
};
