import { describe, expect, it, type TestContext } from 'vitest';
import type { SessionDate } from '../../src/market/calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { sharedOrSkip } from '../shared.ts';
import { alertLine } from '../slides/samples.ts';
import { expectedOf } from './faults/expected.ts';
import { type Faulty, withFall } from './faults/kinds.ts';
import { pollsOf } from './faults/polls.ts';
import { scoreOf } from './faults/score.ts';
import { SYMBOLS, seriesOf } from './faults/series.ts';
import { type Served, served, withQuotes } from './faults/served.ts';
import { realTruth, type Truth } from './faults/truth.ts';
import { withUnitChange } from './faults/unit-change.ts';
import { watchAll } from './faults/watch-all.ts';
import { calendar } from './faults/week.ts';

const { rules } = loadWatchlist();

const timesOf = ({ days }: Truth): number[] => days.flatMap(({ session }) => pollsOf(session));

/** What is told of sources side by side, beside what the true prices raise; `seen`: what there was to see of them. */
const outcomesOf = async (faults: readonly (Faulty & { readonly seen?: Served })[]) => {
  const times = timesOf(faults[0]?.truth ?? { kind: 'stock', past: [], days: [] });
  const told = await watchAll(faults, times);
  return faults.map(({ truth, seen }, n) => {
    const expected = expectedOf(truth, rules[truth.kind], times, seen);
    return { expected, told: told[n] ?? [], score: scoreOf(expected, told[n] ?? [], rules[truth.kind]) };
  });
};

const FAULTLESS = { wrong: 0, late: 0, dayLate: 0, lost: 0 };

const clean = (truth: Truth): Faulty => ({ truth, source: served(truth) });

/** Real days of one symbol. Skips the test where their bars are not there. */
const realDays = (context: TestContext, symbol: string, first: SessionDate, days: number, scale = 1): Truth => {
  if (first < '2023-06-01') sharedOrSkip(context, `data/daily/${symbol}.csv`);
  return realTruth(seriesOf(symbol), first, days, scale);
};

const orders = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((first, n) => orders(items.toSpliced(n, 1)).map((rest) => [first, ...rest]));

// The splits of the Seven since 2020. The files' prices are divided by those that came later, too.
describe('the split of', () => {
  it.for<[string, SessionDate, SessionDate, number, number]>([
    ['TSLA', '2020-08-31', '2020-08-28', 5, 3],
    ['AAPL', '2020-08-31', '2020-08-28', 4, 1],
    ['NVDA', '2021-07-20', '2021-07-19', 4, 10],
    ['AMZN', '2022-06-06', '2022-06-03', 20, 1],
    ['GOOGL', '2022-07-18', '2022-07-15', 20, 1],
    ['TSLA', '2022-08-25', '2022-08-24', 3, 1],
    ['NVDA', '2024-06-10', '2024-06-07', 10, 1],
  ])(
    '%s on %s raises nothing of itself, in whatever order its parts arrive',
    async ([symbol, session, eve, ratio, later], context) => {
      const truth = realDays(context, symbol, eve, 5, later);
      const open = calendar.hours(session)?.open ?? 0;
      const arrivals = [open - HOUR_MS, open + MINUTE_MS, open + 20 * MINUTE_MS, open + 3 * HOUR_MS];
      const parts = ['price', 'previous close', 'rows', 'told'] as const;
      const faults = orders(parts).map((order): Faulty => {
        const when = (part: (typeof parts)[number]): number => arrivals[order.indexOf(part)] ?? 0;
        const change = {
          ...{ session, ratio: [ratio, 1] as const, priceFrom: when('price') },
          ...{ closeFrom: when('previous close'), rowsFrom: when('rows'), toldFrom: when('told') },
        } as const;
        return { truth, source: withUnitChange(served(truth), change) };
      });
      const outcomes = await outcomesOf(faults);
      const harmed = outcomes.flatMap(({ score }, n) =>
        score.wrong + score.lost + score.dayLate > 0 ? [{ order: orders(parts)[n], score }] : [],
      );
      expect(outcomes).toHaveLength(24);
      expect(harmed).toEqual([]);
    },
  );
});

describe('a true fall', () => {
  it('of Nvidia on 2004-08-06, by 30.6% at the bell and 35.2% at the close, is told within minutes, with its day', async () => {
    // The figures are those of its real opening and close; the closes before it are made up.
    const price = toMicros(12.6);
    const bars = [...sessionsUntil(calendar, '2004-08-05', 302), '2004-08-06', '2004-08-09'].map((session) => ({
      ...{ session, open: price, high: price, low: price, close: price, volume: 0 },
    }));
    const truth = withFall(realTruth({ kind: 'stock', bars }, '2004-08-05', 3), 1, 30.6, 35.2);
    const [outcome] = await outcomesOf([clean(truth)]);
    expect(outcome?.score).toMatchObject(FAULTLESS);
    const open = calendar.hours('2004-08-06')?.open ?? 0;
    expect(outcome?.told.map(({ alert, at }) => [alertLine(alert), at - open <= 5 * MINUTE_MS])).toEqual([
      ['252/30 2004-08-06', true],
      ['20/25 2004-08-06', true],
      ['day 15 2004-08-06', true],
    ]);
  });

  it.for<[SessionDate, SessionDate, string]>([
    ['2020-03-12', '2020-03-11', 'IXIC day 6'],
    ['2020-03-16', '2020-03-13', 'AAPL day 10'],
    ['2022-09-13', '2022-09-12', 'META day 7'],
    ['2024-08-05', '2024-08-02', 'NVDA 20/25'],
  ])('of %s is told for every symbol as its prices raise it, at once', async ([session, eve, known], context) => {
    const truths = SYMBOLS.map((symbol) => realDays(context, symbol, eve, 4));
    const outcomes = await outcomesOf(truths.map(clean));
    expect(outcomes.map(({ score }) => score)).toEqual(outcomes.map(({ score }) => ({ ...score, ...FAULTLESS })));
    const told = outcomes.flatMap((outcome, n) => outcome.told.map(({ alert }) => `${SYMBOLS[n]} ${alertLine(alert)}`));
    expect(told).toContain(`${known} ${session}`);
  });
});

/** A source whose last trade stands still while a share, or the exchange, is halted. */
const halted = (truth: Truth, from: number, forMs: number): Served => {
  const source = served(truth);
  return withQuotes(source, (quote, now) => (now >= from && now < from + forMs ? source.quote(from) : quote));
};

describe('a session that is not as others', () => {
  it.for([
    ['of a quarter of an hour', 15],
    ['of two hours', 120],
  ] as const)('with a halt %s after the bell tells each level once, as it is seen', async ([, minutes], context) => {
    const faults = SYMBOLS.map((symbol) => {
      const truth = realDays(context, symbol, '2020-03-13', 4);
      const seen = halted(truth, (calendar.hours('2020-03-16')?.open ?? 0) + 5 * MINUTE_MS, minutes * MINUTE_MS);
      return { truth, source: seen, seen };
    });
    const outcomes = await outcomesOf(faults);
    expect(outcomes.map(({ score }) => score)).toEqual(outcomes.map(({ score }) => ({ ...score, ...FAULTLESS })));
    expect(outcomes.every(({ score }) => score.crossings > 0)).toBe(true);
  });

  it.for<[string, SessionDate, SessionDate]>([
    ['that closes early', '2024-07-03', '2024-07-02'],
    ['that closes early', '2024-11-29', '2024-11-27'],
    ['that is the first of a year', '2024-01-02', '2023-12-29'],
  ])('%s, %s, tells a fall in it at once and dates it then', async ([, session, eve], context) => {
    const symbol = 'AAPL';
    if (session > '2024-09-30') sharedOrSkip(context, `data/daily/${symbol}.csv`);
    const truth = withFall(realDays(context, symbol, eve, 3), 1, 3, 12);
    const [outcome] = await outcomesOf([clean(truth)]);
    expect(outcome?.score).toMatchObject(FAULTLESS);
    expect(outcome?.told.map(({ alert }) => alertLine(alert))).toContain(`day 10 ${session}`);
  });
});
