import { expect, it, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { alertLine } from '../slides/samples.ts';
import { expectedOf, type Raised } from './faults/expected.ts';
import { SYMBOLS, seriesOf } from './faults/series.ts';
import { type Served, served, withQuotes } from './faults/served.ts';
import { barsAt, closeBefore, closeOf, realTruth, type Truth } from './faults/truth.ts';
import { watchAll } from './faults/watch-all.ts';
import { calendar } from './faults/week.ts';

const { rules } = loadWatchlist();
const FIRST = '2023-06-01';
/** Up to the end of September 2024: the closes that ship with the product have these days, too. */
const DAYS = 335;

const linesOf = (raised: readonly Raised[]): string[] => raised.map(({ alert }) => alertLine(alert)).toSorted();

/** The last trade before the bell is at the closing price, too. */
const atClose = (truth: Truth): Served =>
  withQuotes(served(truth), (quote) => {
    const day = truth.days.find(({ session }) => session === quote.session);
    return day && { ...quote, price: closeOf(day) };
  });

it('real closes of sixteen months raise live what a replay raises, and with two quotes at the close what the reference does', async () => {
  const truths = SYMBOLS.map((symbol) => realTruth(seriesOf(symbol), FIRST, DAYS, 100));
  const [first] = truths;
  const times = (first?.days ?? []).flatMap(({ close }) =>
    [-1, 1, 16, 50].map((minutes) => close + minutes * MINUTE_MS),
  );
  const told = await watchAll(
    [
      ...truths.map((truth) => ({ truth, source: withQuotes(served(truth), () => undefined) })),
      ...truths.map((truth) => ({ truth, source: atClose(truth) })),
    ],
    times,
  );
  for (const [n, truth] of truths.entries()) {
    const bars = barsAt(truth, Number.POSITIVE_INFINITY);
    const replayed = foldBars({ rules: rules[truth.kind] }, 'X', bars, { calendar }).alerts;
    const since = replayed.filter(({ session }) => session >= FIRST).map(alertLine);
    expect(linesOf(told[n] ?? []), SYMBOLS[n]).toEqual(since.toSorted());
    const quoted = expectedOf(truth, rules[truth.kind], times, atClose(truth));
    expect(linesOf(told[n + truths.length] ?? []), SYMBOLS[n]).toEqual(linesOf(quoted));
  }
  expect(told.flat().length).toBeGreaterThan(150);
});

/** One quote a day, of the closing auction, and the bars of what has ended: it never goes back in time. */
const bellOnly = (truth: Truth): Served => {
  const bars = barsAt(truth, Number.POSITIVE_INFINITY);
  let ended = 0;
  const endedBy = (now: number): number => {
    while ((truth.days[ended]?.close ?? Number.POSITIVE_INFINITY) <= now) ended += 1;
    return ended;
  };
  return {
    quote: (now) => {
      const day = truth.days[endedBy(now) - 1];
      if (!day) return undefined;
      const { session, close } = day;
      return { session, price: closeOf(day), tradeTime: close + 1_000, previousClose: closeBefore(truth, session) };
    },
    history: (now) => ({ bars: bars.slice(0, truth.past.length + endedBy(now)), splits: [] }),
  };
};

/** Years in which the indices fell most. From 1971 on: before, the computer's time is negative. */
const CRASHES = [1973, 1974, 1987, 1998, 2000, 2001, 2002, 2007, 2008, 2009, 2011, 2020, 2022];
const YEARS = Array.from({ length: 2025 - 1971 }, (_, n) => 1971 + n);

test.each(SYMBOLS)(
  '%s: every year of a stock, and the crash years of an index, raise live what a replay raises, and leave the same state',
  async (symbol) => {
    const series = seriesOf(symbol);
    let alerts = 0;
    for (const year of series.kind === 'stock' ? YEARS : CRASHES) {
      // A state needs a close before.
      const first = Math.max(
        1,
        series.bars.findIndex(({ session }) => session >= `${year}-01-01`),
      );
      const days = series.bars.findLastIndex(({ session }) => session <= `${year}-12-31`) - first + 1;
      const begin = series.bars[first]?.session ?? '';
      if (days < 1) continue;
      const truth = realTruth(series, begin, days, 100);
      const times = truth.days.flatMap(({ close }) => [close + MINUTE_MS, close + 16 * MINUTE_MS]);
      const watch = { rules: rules[truth.kind] };
      const replayed = foldBars(watch, 'X', barsAt(truth, Number.POSITIVE_INFINITY), { calendar });
      const expected = replayed.alerts.filter(({ session }) => session >= begin).map(alertLine);
      const [raised = []] = await watchAll([{ truth, source: bellOnly(truth) }], times, ([state]) =>
        expect(state, `${year}`).toEqual(replayed.state),
      );
      expect(linesOf(raised), `${year}`).toEqual(expected.toSorted());
      alerts += expected.length;
    }
    expect(alerts).toBeGreaterThan(5);
  },
);
