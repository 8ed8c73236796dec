import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { parseBars } from '../../src/market/csv.ts';
import type { Rules } from '../../src/market/watchlist.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { type Observation, observe, type Watch } from '../../src/slides/machine.ts';
import { emptyState, type SlideState } from '../../src/slides/state.ts';
import { sharedOrSkip } from '../shared.ts';
import { createReference } from './reference.ts';
import { shipped, summer } from './samples.ts';
import { observationsOf, walk } from './walks.ts';

/** Short windows, so that peaks leave them within a short walk. */
const short: Rules = {
  drawdown: [
    { window: 9, levels: [500, 1_000, 2_000, 3_000, 5_000, 8_000] },
    { window: 3, levels: [700, 1_250] },
  ],
  day: [250, 700, 1_500],
};

const rising: Rules = { drawdown: [], day: [], rise: [500, 1_000, 2_500, 6_000, 15_000], dayRise: [300, 700, 2_000] };

const watches: readonly Watch[] = [
  { rules: rising },
  { rules: { ...short, rise: [700, 3_000], dayRise: [1_000] } },
  { rules: short },
  { rules: short, valueStep: 500 },
  { rules: shipped.stock, valueStep: 500 },
  { rules: shipped.index },
];

const barOf = ({ session, price: close }: Observation): Bar => {
  return { session, open: close, high: close, low: close, close, volume: 0 };
};

const expected = ({ rules, valueStep }: Watch, observations: readonly Observation[]) =>
  observations.flatMap(createReference(rules, valueStep));

test('closes of random walks raise the same alerts as the reference', () => {
  fc.assert(
    fc.property(walk, fc.constantFrom(...watches), (path, watch) => {
      const closes = observationsOf(path).filter(({ final }) => final);
      expect(foldBars(watch, 'WALK', closes.map(barOf)).alerts).toEqual(expected(watch, closes));
    }),
    { numRuns: 800 },
  );
});

test('quotes and closes of random walks raise the same alerts as the reference', () => {
  fc.assert(
    fc.property(walk, fc.constantFrom(...watches), (path, watch) => {
      const observations = observationsOf(path);
      const finals = observations.filter(({ final }) => final);
      const closes = { sessions: finals.map(({ session }) => session), closes: finals.map(({ price }) => price) };
      let state = emptyState;
      const alerts = observations.flatMap((observation) => {
        const step = observe(watch, state, closes, closes.sessions.indexOf(observation.session), observation);
        // The bot keeps the state as JSON between two observations.
        state = JSON.parse(JSON.stringify(step.state)) as SlideState;
        return step.alerts;
      });
      expect(alerts).toEqual(expected(watch, observations));
    }),
    { numRuns: 800 },
  );
});

const asCloses = (bars: readonly Bar[]): Observation[] =>
  bars.map(({ session, close: price }) => ({ symbol: 'REAL', session, price, tradeTime: 0, final: true }));

test.each([
  ['NVDA', shipped.stock],
  ['TSLA', shipped.stock],
  ['IXIC', shipped.index],
])('the real closes of %s raise the same alerts as the reference', (symbol, rules) => {
  const bars = summer(symbol);
  const alerts = expected({ rules }, asCloses(bars));
  expect(alerts.length).toBeGreaterThan(10);
  expect(foldBars({ rules }, 'REAL', bars).alerts).toEqual(alerts);
});

test('forty years of the Nasdaq raise the same alerts as the reference', (context) => {
  const bars = parseBars(sharedOrSkip(context, 'data/daily/IXIC.csv')).slice(-10_000);
  const alerts = expected({ rules: shipped.index }, asCloses(bars));
  expect(foldBars({ rules: shipped.index }, 'REAL', bars).alerts).toEqual(alerts);
});
