import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rules } from '../../src/market/watchlist.ts';
import { matchLevels } from '../../src/outbox/matching-levels.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { observe } from '../../src/slides/machine.ts';
import { migrateState } from '../../src/slides/migrate-state.ts';
import { closesOf } from '../../src/slides/series.ts';
import type { SlideState } from '../../src/slides/state.ts';
import { unionOf } from '../channels/rule-sets.ts';
import { alertLine, closing, rulesOf, sessionAt } from './samples.ts';
import { observationsOf, walk } from './walks.ts';

const year = (levels: readonly number[], day?: readonly number[]) => ({ rules: rulesOf(252, levels, day) });

/** A session after closes of 100, 100 and 100: quotes at these prices under the old rules, then others under new ones. */
const play = (
  before: ReturnType<typeof year>,
  seen: readonly number[],
  after: ReturnType<typeof year>,
  next: readonly number[],
) => {
  const bars = closing(100, 100, 100);
  const closes = closesOf(bars);
  const quote = (price: number, n: number) => ({
    ...{ symbol: 'TEST', session: sessionAt(3), price: price * 1e6, tradeTime: n, final: false },
  });
  let { state } = foldBars(before, 'TEST', bars);
  const fired: string[] = [];
  for (const [n, price] of seen.entries()) state = observe(before, state, closes, 3, quote(price, n)).state;
  const last = seen.at(-1);
  state = migrateState(
    before,
    after,
    'TEST',
    bars,
    state,
    last === undefined ? undefined : quote(last, seen.length - 1),
  );
  for (const [n, price] of next.entries()) {
    const step = observe(after, state, closes, 3, quote(price, seen.length + n));
    state = step.state;
    fired.push(...step.alerts.map((alert) => `${alertLine(alert).split(' 2001')[0]} above ${alert.above ?? 0}`));
  }
  return { fired, state };
};

test('a new level that the last quote has already reached does not fire', () => {
  expect(play(year([10, 30]), [85, 85], year([10, 15, 30]), [85, 84]).fired).toEqual([]);
});

test('a new level that was not reached yet fires when it is', () => {
  expect(play(year([10, 30]), [85, 85], year([10, 20, 30]), [79, 79]).fired).toEqual(['252/20 above 1000']);
});

test('a new day level that the last quote has already reached does not fire, but a deeper one does', () => {
  const { fired } = play(year([99], [10]), [93, 93], year([99], [5, 8, 10]), [93, 91, 91]);
  expect(fired).toEqual(['day 8 above 500']);
});

test('a pending crossing of an old level is confirmed by its second quote', () => {
  expect(play(year([20]), [79], year([10, 20]), [79]).fired).toEqual(['252/20 above 1000']);
});

test('a new level deeper than a pending one fires too, by the quotes that confirm both', () => {
  expect(play(year([10]), [79], year([10, 20]), [79, 79]).fired).toEqual(['252/10 above 0', '252/20 above 1000']);
});

test('a new level that only the closes have reached does not fire', () => {
  const bars = closing(100, 84, 86);
  const { state } = foldBars(year([10]), 'TEST', bars);
  const after = migrateState(year([10]), year([10, 15]), 'TEST', bars, state);
  expect(after.drawdown[252]?.disarmed).toBe(1_500);
  const more = closing(100, 84, 86, 84);
  expect(foldBars(year([10, 15]), 'TEST', more, { state: after, from: 3 }).alerts).toEqual([]);
});

test('a new level that only the last close has reached does not fire', () => {
  const bars = closing(100, 96, 84);
  const { state } = foldBars(year([10]), 'TEST', bars);
  expect(migrateState(year([10]), year([10, 15]), 'TEST', bars, state).drawdown[252]).toEqual({ disarmed: 1_500 });
});

test('a quote of a session whose close is folded says nothing of a new level', () => {
  const bars = closing(100, 96);
  const { state } = foldBars(year([50]), 'TEST', bars);
  const low = { symbol: 'TEST', session: sessionAt(1), price: 84e6, tradeTime: 1, final: false };
  expect(migrateState(year([50]), year([10, 50]), 'TEST', bars, state, low).drawdown[252]?.disarmed).toBe(0);
});

test('steps of another size start at the value that the closes have lost', () => {
  const watch = (valueStep: number) => ({ ...year([99]), valueStep });
  const bars = closing(1_000, 100);
  const { state } = foldBars(watch(500), 'TEST', bars);
  expect(migrateState(watch(500), watch(250), 'TEST', bars, state).value).toEqual({ disarmed: 750 });
  expect(migrateState(watch(500), watch(500), 'TEST', bars, state).value).toEqual({ disarmed: 500 });
});

test('a new window starts with the levels disarmed that its closes and the last quote have reached', () => {
  const bars = closing(100, 100, 100);
  const two: { rules: Rules } = { rules: unionOf([rulesOf(252, [10]), rulesOf(3, [5, 20])]) };
  const { state } = foldBars(year([10]), 'TEST', bars);
  const quote = { symbol: 'TEST', session: sessionAt(3), price: 94e6, tradeTime: 1, final: false };
  expect(migrateState(year([10]), two, 'TEST', bars, state, quote).drawdown[3]).toEqual({ disarmed: 500 });
});

test('levels that are removed and added again do not fire again', () => {
  const { state } = play(year([10, 20]), [79, 79], year([10]), [79]);
  const bars = closing(100, 100, 100);
  const quote = { symbol: 'TEST', session: sessionAt(3), price: 79e6, tradeTime: 9, final: false };
  const back = migrateState(year([10]), year([10, 20]), 'TEST', bars, state, quote);
  expect(observe(year([10, 20]), back, closesOf(bars), 3, { ...quote, tradeTime: 10 }).alerts).toEqual([]);
  expect(back.drawdown[252]?.disarmed).toBe(2_000);
});

test('a new level of a rise that the closes or the last quote have already reached does not fire, the next one does', () => {
  const rises = (...levels: number[]) => ({ rules: { ...rulesOf(252, [99]), rise: levels.map((it) => it * 100) } });
  expect(play(rises(10, 50), [125, 125], rises(10, 20, 30, 50), [126, 131, 131]).fired).toEqual(['rise 30 above 2000']);
  expect(play(year([99]), [125, 125], rises(10, 20, 30), [126, 131, 131]).fired).toEqual(['rise 30 above 2000']);
});

test('a new level of a day’s rise that the last quote has already reached does not fire, a higher one does', () => {
  const rises = (...levels: number[]) => ({ rules: { ...rulesOf(252, [99]), dayRise: levels.map((it) => it * 100) } });
  expect(play(year([99]), [106, 106], rises(5, 8), [107, 109, 109]).fired).toEqual(['day-rise 8 above 500']);
  expect(play(rises(5), [106, 106], rises(3, 5, 6), [106, 106]).fired).toEqual([]);
});

test('rises are forgotten once nobody wants them', () => {
  const rises = { rules: { ...rulesOf(252, [99]), rise: [1_000], dayRise: [500] } };
  const { state } = play(rises, [125, 125], rises, []);
  expect([state.rise, state.dayRise]).toEqual([{ disarmed: 1_000 }, { session: sessionAt(3), disarmed: 500 }]);
  const after = migrateState(rises, year([99]), 'TEST', closing(100, 100, 100), state);
  expect([after.rise, after.dayRise]).toEqual([undefined, undefined]);
});

test('a fall that only reached a new level has a recovery', () => {
  const bars = closing(100, 94, 96);
  const { state } = foldBars(year([10]), 'TEST', bars);
  const after = migrateState(year([10]), year([5, 10]), 'TEST', bars, state);
  expect(after.fallen).toEqual({ level: 500, peakSession: sessionAt(0) });
});

test('a quote that nothing has confirmed is no fall to recover from, however the rules change meanwhile', () => {
  const { state } = play(year([10]), [87], year([5, 10]), []);
  expect(state.drawdown[252]?.pending?.level).toBe(1_000);
  expect(state.fallen).toBeUndefined();
  expect(play(year([10]), [87], year([5, 10]), [87]).state.fallen?.level).toBe(1_000);
  // Of closes there is no doubt, whatever waits.
  const waits = { disarmed: 0, pending: { level: 1_000, tradeTime: 1 } };
  const before: SlideState = { folded: sessionAt(1), drawdown: { 252: waits } };
  const quote = { symbol: 'TEST', session: sessionAt(2), price: 87e6, tradeTime: 1, final: false };
  const after = migrateState(year([10]), year([5, 10]), 'TEST', closing(100, 94), before, quote);
  expect(after.fallen?.level).toBe(500);
});

const POOL = [200, 500, 700, 1_000, 1_250, 2_000, 2_100, 3_000, 5_000, 8_000];
const some = fc.subarray(POOL, { minLength: 1 });

test('a channel’s alerts do not depend on the rules that other channels set, whenever they change', () => {
  const change = fc.record({ others: fc.array(some, { maxLength: 3 }), after: fc.integer({ min: 0, max: 60 }) });
  fc.assert(
    fc.property(walk, some, fc.array(change, { maxLength: 4 }), (path, own, changes) => {
      const observations = observationsOf(path);
      const finals = observations.filter(({ final }) => final);
      const bars = closing(...finals.map(({ price }) => price / 1e6));
      const closes = closesOf(bars);
      const mine: Rules = { drawdown: [{ window: 9, levels: own }], day: own, rise: own, dayRise: own };
      const watchAt = (n: number) => {
        const others = changes.filter(({ after }) => after <= n).at(-1)?.others ?? [];
        return {
          rules: unionOf([
            mine,
            ...others.map((levels) => ({
              drawdown: [{ window: 9, levels }],
              day: levels,
              rise: levels,
              dayRise: levels,
            })),
          ]),
        };
      };
      let watch = watchAt(-1);
      let together: SlideState = { drawdown: {} };
      let alone: SlideState = { drawdown: {} };
      for (const [n, observation] of observations.entries()) {
        const count = closes.sessions.indexOf(observation.session);
        const next = watchAt(n);
        const before = observations[n - 1];
        const quote = before && !before.final ? before : undefined;
        if (JSON.stringify(next) !== JSON.stringify(watch))
          together = migrateState(watch, next, 'WALK', bars.slice(0, count), together, quote);
        watch = next;
        const step = observe(watch, together, closes, count, observation);
        const own = observe({ rules: mine }, alone, closes, count, observation);
        together = step.state;
        alone = own.state;
        const bare = own.alerts.map(({ above: _, ...alert }) => alert);
        expect(matchLevels(step.alerts, mine, ['drawdown', 'day'])).toEqual(bare);
      }
    }),
    { numRuns: 400 },
  );
});
