import { expect, test } from 'vitest';
import { largestFirst, moveOf } from '../../src/digest/moves.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { closing, sessionAt } from '../slides/samples.ts';

const watched = loadWatchlist().symbols.get('NVDA');
if (!watched) throw new Error('the watchlist lacks NVDA');

/** The move of the last of these closes. */
const lastMove = (...prices: readonly number[]) => {
  const bars = closing(...prices);
  const [previous = 0, price = 0] = bars.slice(-2).map(({ close }) => close);
  const close = { price, previous, peak: { price, session: sessionAt(0), sessions: 0 } };
  return moveOf({ symbol: 'NVDA', name: watched.name, unit: 'usd', close }, { watched, bars });
};

const flat = (sessions: number): number[] => Array(sessions).fill(100);

test('"the worst since" is said from 20 sessions on', () => {
  expect(lastMove(100, 90, ...flat(19), 90)).toMatchObject({ since: sessionAt(1) });
  expect(lastMove(100, 90, ...flat(18), 90)).not.toHaveProperty('since');
});

test('"the worst on record" is said of a record of at least 252 sessions', () => {
  expect(lastMove(...flat(252), 90)).toMatchObject({ since: null, recordFrom: sessionAt(0) });
  expect(lastMove(...flat(251), 90)).not.toHaveProperty('since');
});

test('the larger move comes first, up or down; of equal ones the first by symbol', () => {
  const move = (symbol: string, price: number) => ({
    symbol,
    name: watched.name,
    unit: 'usd' as const,
    price,
    previous: 4,
  });
  const moves = [move('C', 5), move('B', 3), move('A', 5), move('D', 6)];
  expect(moves.toSorted(largestFirst).map(({ symbol }) => symbol)).toEqual(['D', 'A', 'B', 'C']);
});
