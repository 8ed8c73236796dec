import { expect, test } from 'vitest';
import { foldBars } from '../../src/slides/fold.ts';
import { observe } from '../../src/slides/machine.ts';
import { closesOf } from '../../src/slides/series.ts';
import { closing, rulesOf, sessionAt, shipped, summer } from './samples.ts';

const yearly = { rules: rulesOf(252, [10, 20, 30]) };

/** Recoveries in a made-up series of closes, as `level from peak @ n-th close`. */
const recoveries = (...prices: readonly number[]): string[] => {
  const bars = closing(...prices);
  return foldBars(yearly, 'TEST', bars).recoveries.map(
    ({ session, level, peak }) =>
      `${level / 100} from ${peak / 1e6} @ ${bars.findIndex((bar) => bar.session === session)}`,
  );
};

test.each<[string, number[], string[]]>([
  ['a new high after a fired level ends the fall', [100, 89, 99, 101], ['10 from 100 @ 3']],
  ['the recovery names the deepest level that fired', [100, 89, 79, 89, 101], ['20 from 100 @ 4']],
  ['a close as high as the peak is a new high', [100, 89, 100], ['10 from 100 @ 2']],
  ['a fall has one recovery', [100, 89, 101, 102, 103], ['10 from 100 @ 2']],
  ['a new high without a fall before it is not a recovery', [100, 91, 101, 102], []],
  ['a level that has re-armed still counts as a fall', [100, 89, 96, 101], ['10 from 100 @ 3']],
  ['the next fall has its own recovery', [100, 89, 101, 80, 102], ['10 from 100 @ 2', '20 from 101 @ 4']],
])('%s', (_, prices, expected) => {
  expect(recoveries(...prices)).toEqual(expected);
});

test('a close need not reach a peak that has left the window', () => {
  const flat = Array.from({ length: 251 }, () => 85);
  expect(recoveries(100, 85, ...flat, 90)).toEqual(['10 from 100 @ 252']);
});

test('a quote fires a level, and only a final close ends the fall', () => {
  const closes = closesOf(closing(100, 100, 100));
  const seen = { symbol: 'TEST', session: sessionAt(3), final: false } as const;
  const quotes = [85e6, 85e6, 110e6, 110e6].map((price, n) => ({ ...seen, price, tradeTime: n }));
  let state = foldBars(yearly, 'TEST', closing(100, 100, 100)).state;
  for (const quote of quotes) {
    const step = observe(yearly, state, closes, 3, quote);
    expect(step.recovery).toBeUndefined();
    state = step.state;
  }
  const { recovery } = observe(yearly, state, closes, 3, { ...seen, price: 110e6, tradeTime: 0, final: true });
  expect(recovery).toEqual({
    symbol: 'TEST',
    session: sessionAt(3),
    price: 110e6,
    level: 1_000,
    peak: 100e6,
    peakSession: sessionAt(2),
  });
});

test("the Nasdaq's falls of three years end with the closes that were its new highs of a year", () => {
  // Looked up in the closes themselves: each is the highest of its last 252, after 35.5, 12.3 and 7.1 % below.
  const { recoveries: found } = foldBars({ rules: shipped.index }, 'IXIC', summer('IXIC'));
  expect(found.map(({ session, level }) => [session, level])).toEqual([
    ['2023-06-02', 3_000],
    ['2023-12-08', 1_000],
    ['2024-05-14', 500],
  ]);
});
