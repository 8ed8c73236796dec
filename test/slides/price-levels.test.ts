import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import type { PriceRule, PriceSide, Rules } from '../../src/market/watchlist.ts';
import { atLevelsOf } from '../../src/slides/alert-kinds.ts';
import { foldBars, primeState } from '../../src/slides/fold.ts';
import { type Observation, observe } from '../../src/slides/machine.ts';
import { migrateState } from '../../src/slides/migrate-state.ts';
import { isTold, mergedPrices, priceNow } from '../../src/slides/price-levels.ts';
import { emptyState, pendingOf, type SlideState } from '../../src/slides/state.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { closing, sessionAt } from './samples.ts';

const BEFORE = closing(105, 105, 105);
const CLOSES = { sessions: BEFORE.map(({ session }) => session), closes: BEFORE.map(({ close }) => close) };

/** A price that was set in the third session, at a time that stands for itself. */
const set = (side: PriceSide, price: number, since = 1_000, day = sessionAt(2)): PriceRule => ({
  price: toMicros(price),
  side,
  since,
  day,
});

const rules = (...price: readonly PriceRule[]): Rules => ({ drawdown: [], day: [], price });

type Seen = readonly [minute: number, price: number, more?: Partial<Observation>] | number;

const play = (watched: Rules, seen: readonly Seen[], start: SlideState = emptyState, session = sessionAt(3)) => {
  let state = start;
  const raised: Alert[] = [];
  const alerts = seen.flatMap((it, n) => {
    const [minute, price, more] = typeof it === 'number' ? [0, it, { final: true }] : it;
    const observation = { symbol: 'TEST', session, price: toMicros(price), tradeTime: minute, final: false, ...more };
    const step = observe({ rules: watched }, state, CLOSES, 3, observation);
    state = JSON.parse(JSON.stringify(step.state)) as SlideState;
    raised.push(...step.alerts);
    return step.alerts.flatMap((alert) => (alert.kind === 'price' ? `${alert.side} ${alert.level / 1e6} @ ${n}` : []));
  });
  return { alerts, state, raised };
};

test.each<[string, PriceRule, Seen[], string[]]>([
  [
    'two quotes below it fire',
    set('below', 100),
    [
      [1, 99],
      [2, 99],
    ],
    ['below 100 @ 1'],
  ],
  [
    'the price itself is not below it',
    set('below', 100),
    [
      [1, 100],
      [2, 100],
    ],
    [],
  ],
  [
    'a millionth below it is',
    set('below', 100),
    [
      [1, 99.999999],
      [2, 99.999999],
    ],
    ['below 100 @ 1'],
  ],
  [
    'one quote does not fire',
    set('below', 100),
    [
      [1, 99],
      [2, 101],
      [3, 99],
    ],
    [],
  ],
  [
    'it fires once and is off',
    set('below', 100),
    [
      [1, 99],
      [2, 99],
      [3, 105],
      [4, 90],
      [5, 90],
    ],
    ['below 100 @ 1'],
  ],
  [
    'from below it fires above',
    set('above', 110),
    [
      [1, 110],
      [2, 110.01],
      [3, 110.01],
    ],
    ['above 110 @ 2'],
  ],
  ['a close of a later day fires at once', set('below', 100), [99], ['below 100 @ 0']],
  ['a close of the day on which it was set does not', set('below', 100, 1_000, sessionAt(3)), [99], []],
  [
    'quotes of that day do',
    set('below', 100, 1_000, sessionAt(3)),
    [
      [1, 99],
      [2, 99],
    ],
    ['below 100 @ 1'],
  ],
  [
    'quotes of before do not',
    set('below', 100, 1_000, sessionAt(4)),
    [
      [1, 99],
      [2, 99],
    ],
    [],
  ],
  [
    'a price in doubt is not looked at',
    set('below', 100),
    [
      [1, 10, { keepsDisarmed: true }],
      [2, 10, { keepsDisarmed: true }],
    ],
    [],
  ],
])('%s', (_, rule, seen, expected) => {
  expect(play(rules(rule), seen).alerts).toEqual(expected);
});

test('a price that is set again fires again, for those alone that have set it since', () => {
  const [first, again] = [set('below', 100, 1_000), set('below', 100, 2_000)];
  const before = play(rules(first), [
    [1, 99],
    [2, 99],
  ]);
  expect(isTold(before.state.prices, first)).toBe(true);
  expect(isTold(before.state.prices, again)).toBe(false);
  const union = rules(...mergedPrices([first, again]));
  expect(union.price).toEqual([again]);
  const after = play(
    union,
    [
      [3, 98],
      [4, 98],
    ],
    before.state,
  );
  expect(after.alerts).toEqual(['below 100 @ 1']);
  const [alert] = after.raised;
  expect(alert && atLevelsOf(rules(first), alert)).toBeUndefined();
  expect(alert && atLevelsOf(rules(again), alert)).toBe(alert);
  expect(alert && atLevelsOf(rules(set('above', 100, 2_000)), alert)).toBeUndefined();
});

test('of several channels with one price, all get the one alert', () => {
  const all = [set('below', 100, 1_000), set('below', 100, 1_500), set('below', 100, 1_200)];
  const [alert] = play(rules(...mergedPrices(all)), [
    [1, 99],
    [2, 99],
  ]).raised;
  for (const own of all) expect(alert && atLevelsOf(rules(own), alert)).toBe(alert);
  // Set while it fired, and told of no fall that was before.
  expect(alert && atLevelsOf(rules(set('below', 100, 1_501)), alert)).toBeUndefined();
});

test('splits after the day divide a price, and earlier ones do not', () => {
  const split = (n: number, numerator: number, denominator = 1) => ({ session: sessionAt(n), numerator, denominator });
  expect(priceNow(set('below', 1_000), [split(1, 4), split(2, 2)])).toBe(1_000e6);
  expect(priceNow(set('below', 1_000), [split(3, 10)])).toBe(100e6);
  expect(priceNow(set('below', 1_000), [split(3, 10), split(9, 1, 8)])).toBe(800e6);
  expect(priceNow(set('below', 100), [split(3, 3)])).toBe(33_333_333);
  const divided = { ...set('below', 1_000), target: 100e6 };
  expect(
    play(rules(divided), [
      [1, 105],
      [2, 99],
      [3, 99],
    ]).alerts,
  ).toEqual(['below 100 @ 2']);
});

test('closes that are folded anew, and the first quote of a session that was joined, pass no price', () => {
  const watch = { rules: rules(set('below', 100, 1_000, sessionAt(0))) };
  const { state, alerts } = foldBars(watch, 'TEST', closing(105, 99, 98));
  expect([state.prices, alerts]).toEqual([undefined, []]);
  const quote = { symbol: 'TEST', session: sessionAt(3), price: 90e6, tradeTime: 5, final: false };
  const joined = primeState(watch, { ...emptyState, joined: sessionAt(3) }, CLOSES, 3, quote);
  expect(
    play(
      watch.rules,
      [
        [6, 90],
        [7, 90],
      ],
      joined,
    ).alerts,
  ).toEqual(['below 100 @ 1']);
});

test('other rules keep what a price has come to; a price that nobody has set any more is forgotten', () => {
  const watch = { rules: rules(set('below', 100), set('above', 110)) };
  const { state } = play(watch.rules, [
    [1, 99],
    [2, 99],
  ]);
  const more = { rules: rules(set('below', 100), set('below', 90)) };
  const migrated = migrateState(watch, more, 'TEST', BEFORE, state);
  expect(migrated.prices).toEqual(state.prices);
  expect(
    play(
      more.rules,
      [
        [3, 99],
        [4, 89],
        [5, 89],
      ],
      migrated,
    ).alerts,
  ).toEqual(['below 90 @ 2']);
  const none = migrateState(watch, { rules: rules(set('above', 110)) }, 'TEST', BEFORE, state);
  expect(none.prices).toBeUndefined();
  expect(pendingOf(play(watch.rules, [[1, 99]]).state)).toHaveLength(1);
});
