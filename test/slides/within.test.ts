import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepestReached } from '../../src/market/compare.ts';
import { toMicros } from '../../src/market/money.ts';
import type { Rules } from '../../src/market/watchlist.ts';
import { primeState } from '../../src/slides/fold.ts';
import { type Observation, observe } from '../../src/slides/machine.ts';
import { migrateState } from '../../src/slides/migrate-state.ts';
import { emptyState, pendingOf, type SlideState } from '../../src/slides/state.ts';
import { closing, sessionAt } from './samples.ts';

const MINUTE_MS = 60_000;
const BEFORE = closing(100, 100, 100);
const CLOSES = { sessions: BEFORE.map(({ session }) => session), closes: BEFORE.map(({ close }) => close) };

/** Levels in percent, by minutes. */
const rules = (within: Readonly<Record<number, readonly number[]>>): Rules => ({
  drawdown: [],
  day: [],
  within: Object.entries(within).map(([minutes, levels]) => ({
    minutes: Number(minutes),
    levels: levels.map((level) => level * 100),
  })),
});

/** [minute of the session, price], and what else is known of the quote; a session ends with a closing price alone. */
type Seen = readonly [minute: number, price: number, more?: Partial<Observation>] | number;

const observationOf = (it: Seen, session: string): Observation => {
  const [minute, price, more] = typeof it === 'number' ? [0, it, { final: true }] : it;
  return { symbol: 'TEST', session, price: toMicros(price), tradeTime: minute * MINUTE_MS, final: false, ...more };
};

/** The alerts as `minutes/level from high @ n-th observation`; the state is JSON between observations, as in the store. */
const play = (watched: Rules, seen: readonly Seen[], start: SlideState = emptyState, session = sessionAt(3)) => {
  let state = start;
  const alerts = seen.flatMap((it, n) => {
    const step = observe({ rules: watched }, state, CLOSES, 3, observationOf(it, session));
    state = JSON.parse(JSON.stringify(step.state)) as SlideState;
    return step.alerts.flatMap((alert) =>
      alert.kind === 'within' ? `${alert.minutes}/${alert.level / 100} from ${alert.high / 1e6} @ ${n}` : [],
    );
  });
  return { alerts, state };
};

test.each<[string, Seen[], string[]]>([
  [
    'a fall from the high fires with the second quote',
    [
      [0, 105],
      [10, 100.8],
      [11, 100.7],
    ],
    ['30/4 from 105 @ 2'],
  ],
  [
    'exactly the level is the level',
    [
      [0, 100],
      [10, 96],
      [11, 96],
    ],
    ['30/4 from 100 @ 2'],
  ],
  [
    'a millionth less is not',
    [
      [0, 100],
      [10, 96.000001],
      [11, 96.000001],
    ],
    [],
  ],
  [
    'the same trade twice is one quote',
    [
      [0, 100],
      [10, 95],
      [10, 95],
    ],
    [],
  ],
  [
    'a high of exactly 30 minutes ago counts',
    [
      [0, 100],
      [29, 95],
      [30, 95],
    ],
    ['30/4 from 100 @ 2'],
  ],
  [
    'an older one does not',
    [
      [0, 100],
      [25, 99],
      [30.5, 95.5],
      [31, 95.5],
    ],
    [],
  ],
  [
    'the high that follows it does',
    [
      [0, 103],
      [25, 101],
      [31, 96],
      [32, 96],
    ],
    ['30/4 from 101 @ 3'],
  ],
  [
    'a level fires once a session',
    [
      [0, 100],
      [5, 95],
      [6, 95],
      [20, 100],
      [25, 95],
      [26, 95],
    ],
    ['30/4 from 100 @ 2'],
  ],
  [
    'a deeper one fires after it',
    [
      [0, 100],
      [5, 95],
      [6, 95],
      [7, 91],
      [8, 91],
    ],
    ['30/4 from 100 @ 2', '30/8 from 100 @ 4'],
  ],
  [
    'a crossing that recovers at once does not fire',
    [
      [0, 100],
      [5, 95],
      [6, 99],
      [7, 95],
    ],
    [],
  ],
  ['a close counts for none', [[0, 100], [5, 95], 90], []],
  [
    'a quote from before the last one is not looked at',
    [
      [0, 100],
      [5, 99],
      [4, 90],
      [3, 90],
    ],
    [],
  ],
])('%s', (_, seen, expected) => {
  expect(play(rules({ 30: [4, 8] }), seen).alerts).toEqual(expected);
});

test('a sudden rise that the next quote does not repeat is no high to fall from', () => {
  const tick: Seen = [10, 106, { keepsDisarmed: true }];
  expect(play(rules({ 30: [4] }), [[9, 100], tick, [11, 100], [12, 100]]).alerts).toEqual([]);
  expect(play(rules({ 30: [4] }), [[9, 100], tick, [11, 106], [12, 101], [13, 101]]).alerts).toEqual([
    '30/4 from 106 @ 4',
  ]);
});

test('a price of a unit in doubt neither falls nor counts as a high', () => {
  const split = (minute: number): Seen => [minute, 10, { keepsDisarmed: true }];
  const { alerts, state } = play(rules({ 30: [4] }), [[0, 100], split(1), split(2), split(3)]);
  expect(alerts).toEqual([]);
  expect(state.within?.highs).toEqual([[0, 100e6]]);
});

test('a new session begins with no high and nothing fired', () => {
  const watched = rules({ 30: [4] });
  const { state } = play(watched, [[0, 100], [5, 95], [6, 95], 95]);
  expect(state.within).toBeUndefined();
  expect(
    play(
      watched,
      [
        [0, 91],
        [1, 91],
        [2, 91],
      ],
      state,
      sessionAt(4),
    ).alerts,
  ).toEqual([]);
  // Also where the close of the session before is not in yet.
  const open = play(watched, [
    [0, 100],
    [5, 95],
    [6, 95],
  ]).state;
  expect(
    play(
      watched,
      [
        [400, 95],
        [401, 91],
        [402, 91],
      ],
      open,
      sessionAt(4),
    ).alerts,
  ).toEqual(['30/4 from 95 @ 2']);
});

test('what is under way when watching begins is not told', () => {
  const first = observationOf([0, 90], sessionAt(3));
  const state = primeState({ rules: rules({ 30: [4] }) }, { ...emptyState, joined: sessionAt(3) }, CLOSES, 3, first);
  expect(
    play(
      rules({ 30: [4] }),
      [
        [1, 90],
        [2, 90],
      ],
      state,
    ).alerts,
  ).toEqual([]);
  expect(
    play(
      rules({ 30: [4] }),
      [
        [1, 86],
        [2, 86],
      ],
      state,
    ).alerts,
  ).toEqual(['30/4 from 90 @ 1']);
});

const migrated = (before: Rules, after: Rules, state: SlideState, last: Seen): SlideState =>
  migrateState({ rules: before }, { rules: after }, 'TEST', BEFORE, state, observationOf(last, sessionAt(3)));

test('a level that is set while the fall is as deep does not fire; a deeper one does', () => {
  const [before, after] = [rules({ 30: [8] }), rules({ 30: [4, 6, 8] })];
  const { state } = play(before, [
    [0, 100],
    [10, 95.5],
  ]);
  const now = migrated(before, after, state, [10, 95.5]);
  expect(
    play(
      after,
      [
        [11, 95],
        [12, 95],
        [13, 94],
        [14, 94],
      ],
      now,
    ).alerts,
  ).toEqual(['30/6 from 100 @ 3']);
});

test('another number of minutes is measured from the highs on record, and what they show already does not fire', () => {
  const [before, after] = [rules({ 60: [8] }), rules({ 20: [2], 60: [8] })];
  const { state } = play(before, [
    [0, 100],
    [10, 97],
  ]);
  const now = migrated(before, after, state, [10, 97]);
  expect(
    play(
      after,
      [
        [11, 97],
        [12, 97],
      ],
      now,
    ).alerts,
  ).toEqual([]);
});

test('a change of the rules keeps a crossing that waits, and what has fired', () => {
  const [before, after] = [rules({ 30: [4] }), rules({ 30: [4, 9] })];
  const waiting = play(before, [
    [0, 100],
    [10, 95],
  ]).state;
  expect(pendingOf(waiting)).toEqual([{ level: 400, tradeTime: 10 * MINUTE_MS }]);
  expect(play(after, [[11, 95]], migrated(before, after, waiting, [10, 95])).alerts).toEqual(['30/4 from 100 @ 0']);
  const fired = play(before, [
    [0, 100],
    [10, 95],
    [11, 95],
  ]).state;
  expect(
    play(
      after,
      [
        [12, 95],
        [13, 95],
      ],
      migrated(before, after, fired, [11, 95]),
    ).alerts,
  ).toEqual([]);
  expect(migrated(before, { drawdown: [], day: [] }, fired, [11, 95]).within).toBeUndefined();
});

const DAY: fc.Arbitrary<readonly (readonly [seconds: number, price: number])[]> = fc
  .array(fc.tuple(fc.integer({ min: 15, max: 600 }), fc.integer({ min: 880, max: 1_000 })), { maxLength: 60 })
  .map((steps) => {
    let seconds = 0;
    return steps.map(([after, price]) => {
      seconds += after;
      return [seconds, price * 100_000] as const;
    });
  });

test('random sessions fire what a plain look at all quotes of the last minutes would', () => {
  const spans = { 5: [1, 3], 30: [2, 5, 9], 120: [4, 8] };
  const watched = rules(spans);
  fc.assert(
    fc.property(DAY, (quotes) => {
      const fired: Record<number, number> = {};
      const pending: Record<number, number> = {};
      const expected = quotes.flatMap(([seconds, price], n) =>
        (watched.within ?? []).flatMap(({ minutes, levels }) => {
          const seen = quotes.slice(0, n + 1).filter(([at]) => at >= seconds - minutes * 60);
          const reached = deepestReached(price, Math.max(...seen.map(([, each]) => each)), levels);
          const told = fired[minutes] ?? 0;
          const before = pending[minutes] ?? 0;
          pending[minutes] = reached > told ? reached : 0;
          const level = Math.min(before, reached);
          if (level <= told) return [];
          fired[minutes] = level;
          pending[minutes] = reached > level ? reached : 0;
          return [`${minutes}/${level / 100} @ ${n}`];
        }),
      );
      const seen = quotes.map(([seconds, price]): Seen => [seconds / 60, price / 1e6]);
      expect(play(watched, seen).alerts.map((line) => line.replace(/ from \S+/, ''))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('the highs of a fall of two hours, polled every second, are at most one in 15 seconds', () => {
  const seen = Array.from({ length: 7_200 }, (_, n): Seen => [n / 60, 100 - n / 1_000]);
  const { state, alerts } = play(rules({ 120: [50] }), seen.slice(0, 7_200));
  expect(alerts).toEqual([]);
  expect(state.within?.highs.length).toBe(480);
  expect(JSON.stringify(state.within).length).toBeLessThan(13_000);
});
