import { expect, it } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { alertLine } from '../slides/samples.ts';
import { expectedOf, type Raised } from './faults/expected.ts';
import { SYMBOLS, seriesOf } from './faults/series.ts';
import { type Served, served, withQuotes } from './faults/served.ts';
import { barsAt, closeOf, realTruth, type Truth } from './faults/truth.ts';
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
