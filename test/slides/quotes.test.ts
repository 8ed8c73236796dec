import { expect, test } from 'vitest';
import { toMicros } from '../../src/market/money.ts';
import type { Rules } from '../../src/market/watchlist.ts';
import { primeState } from '../../src/slides/fold.ts';
import { observe } from '../../src/slides/machine.ts';
import { emptyState, type SlideState } from '../../src/slides/state.ts';
import { alertLine, rulesOf, sessionAt } from './samples.ts';

/** [trade time in minutes, price], or a closing price alone. */
type Seen = readonly [minute: number, price: number] | number;

/** The alerts of one session's observations after closes of 100 each, as `alert @ n-th observation`. */
const alertsOf = (rules: Rules, seen: readonly Seen[], start: SlideState = emptyState) => {
  const closes = { sessions: [0, 1, 2].map(sessionAt), closes: [100e6, 100e6, 100e6] };
  const session = sessionAt(3);
  let state = start;
  const alerts = seen.flatMap((it, n) => {
    const [minute, price] = typeof it === 'number' ? [0, it] : it;
    const final = typeof it === 'number';
    const observation = { symbol: 'TEST', session, price: toMicros(price), tradeTime: minute * 60_000, final };
    const step = observe({ rules }, state, closes, 3, observation);
    // The state is kept as JSON between observations.
    state = JSON.parse(JSON.stringify(step.state)) as SlideState;
    return step.alerts.map((alert) => `${alertLine(alert).split(' 2001')[0]} @ ${n}`);
  });
  return { alerts, state };
};

const yearly = rulesOf(252, [10, 20, 30]);

test.each<[string, Seen[], string[]]>([
  ['one quote does not fire', [[1, 90]], []],
  [
    'the second quote of another trade time confirms',
    [
      [1, 90],
      [2, 89],
    ],
    ['252/10 @ 1'],
  ],
  [
    'the same trade seen again counts as one quote',
    [
      [1, 90],
      [1, 90],
      [1, 90],
    ],
    [],
  ],
  [
    'the same trade seen again still leaves the next one to confirm',
    [
      [1, 90],
      [1, 90],
      [2, 90],
    ],
    ['252/10 @ 2'],
  ],
  [
    'another price with the same trade time is ignored',
    [
      [1, 90],
      [1, 80],
      [2, 80],
    ],
    ['252/10 @ 2'],
  ],
  [
    'a crossing that the next quote does not confirm is dropped',
    [
      [1, 90],
      [2, 91],
      [3, 90],
    ],
    [],
  ],
  [
    'a dropped crossing can start again',
    [
      [1, 90],
      [2, 91],
      [3, 90],
      [4, 90],
    ],
    ['252/10 @ 3'],
  ],
  [
    'a deeper second quote confirms the level both have reached',
    [
      [1, 90],
      [2, 80],
    ],
    ['252/10 @ 1'],
  ],
  [
    'the deeper level then waits for the third quote',
    [
      [1, 90],
      [2, 80],
      [3, 80],
    ],
    ['252/10 @ 1', '252/20 @ 2'],
  ],
  [
    'a deeper level that is not confirmed does not fire',
    [
      [1, 90],
      [2, 80],
      [3, 81],
      [4, 79],
    ],
    ['252/10 @ 1'],
  ],
  [
    'a shallower second quote confirms only the level both have reached',
    [
      [1, 80],
      [2, 90],
    ],
    ['252/10 @ 1'],
  ],
  [
    'of several levels that both have reached the deepest fires',
    [
      [1, 79],
      [2, 78],
    ],
    ['252/20 @ 1'],
  ],
  [
    'a level that has fired does not fire again',
    [
      [1, 90],
      [2, 90],
      [3, 89],
      [4, 88],
    ],
    ['252/10 @ 1'],
  ],
  ['a close fires without a second one', [90], ['252/10 @ 0']],
  ['a close confirms what one quote had reached', [[1, 80], 90], ['252/10 @ 1']],
  ['a close that has recovered drops what a quote had reached', [[1, 90], 95], []],
  ['a close does not fire a level that quotes have fired', [[1, 90], [2, 90], 90], ['252/10 @ 1']],
  [
    'a recovery to less than half of the level re-arms it within the session',
    [
      [1, 90],
      [2, 90],
      [3, 95.01],
      [4, 90],
      [5, 90],
    ],
    ['252/10 @ 1', '252/10 @ 4'],
  ],
  [
    'a recovery to half of the level does not re-arm it',
    [
      [1, 90],
      [2, 90],
      [3, 95],
      [4, 90],
      [5, 90],
    ],
    ['252/10 @ 1'],
  ],
  [
    'a level re-arms and a deeper one is pending at the same time',
    [
      [1, 80],
      [2, 80],
      [3, 90.01],
      [4, 70],
      [5, 70],
    ],
    ['252/20 @ 1', '252/30 @ 4'],
  ],
])('%s', (_, seen, expected) => {
  expect(alertsOf(yearly, seen).alerts).toEqual(expected);
});

const daily = rulesOf(252, [99], [7, 10]);

test.each<[string, Seen[], string[]]>([
  [
    'a day level fires once in a session, whatever the price does',
    [[1, 93], [2, 93], [3, 100], [4, 92], [5, 92], 93],
    ['day 7 @ 1'],
  ],
  [
    'a deeper day level fires in the same session',
    [
      [1, 93],
      [2, 93],
      [3, 90],
      [4, 89],
    ],
    ['day 7 @ 1', 'day 10 @ 3'],
  ],
  [
    'a shallower day level does not fire after a deeper one',
    [
      [1, 89],
      [2, 89],
      [3, 93],
      [4, 93],
    ],
    ['day 10 @ 1'],
  ],
])('%s', (_, seen, expected) => {
  expect(alertsOf(daily, seen).alerts).toEqual(expected);
});

test('a quote is compared with final closes, not with a higher quote before it', () => {
  expect(
    alertsOf(yearly, [
      [1, 120],
      [2, 108],
      [3, 108],
    ]).alerts,
  ).toEqual([]);
});

test('a quote above every close re-arms all levels', () => {
  const { state } = alertsOf(yearly, [
    [1, 70],
    [2, 70],
    [3, 101],
  ]);
  expect(state.drawdown[252]?.disarmed).toBe(0);
});

test('a quote does not count as a folded session', () => {
  expect(alertsOf(yearly, [[1, 90]]).state.folded).toBeUndefined();
  expect(alertsOf(yearly, [90]).state.folded).toBe(sessionAt(3));
});

test('a level that quotes have fired before a restart does not fire again after it', () => {
  const before = alertsOf(yearly, [
    [1, 90],
    [2, 90],
  ]);
  expect(alertsOf(yearly, [[3, 90], [4, 89], 90], before.state).alerts).toEqual([]);
});

test('a crossing seen once before a restart is confirmed after it', () => {
  const before = alertsOf(yearly, [[1, 90]]);
  expect(alertsOf(yearly, [[2, 90]], before.state).alerts).toEqual(['252/10 @ 0']);
});

test('a quote raises no alert before there is any close', () => {
  const observation = { symbol: 'TEST', session: sessionAt(0), price: 1, tradeTime: 1, final: false };
  expect(observe({ rules: yearly }, emptyState, { sessions: [], closes: [] }, 0, observation).alerts).toEqual([]);
});

test('a slide under way when watching begins does not fire; only deeper levels do', () => {
  const closes = { sessions: [0, 1, 2].map(sessionAt), closes: [100e6, 95e6, 95e6] };
  const quote = { symbol: 'TEST', session: sessionAt(3), price: 80e6, tradeTime: 60_000, final: false };
  // The oldest close of the window of three is the peak: a quote is compared with it, a close would not be.
  const rules = rulesOf(3, [10, 20, 30], [7]);
  const before: SlideState = { folded: sessionAt(2), joined: sessionAt(3), drawdown: {} };
  const primed = primeState({ rules }, before, closes, 3, quote);
  expect(primed).toEqual({
    folded: sessionAt(2),
    primed: sessionAt(3),
    drawdown: { 3: { disarmed: 2_000 } },
    day: { session: sessionAt(3), disarmed: 700 },
  });
  const next = observe({ rules }, primed, closes, 3, { ...quote, price: 70e6, tradeTime: 120_000 });
  const last = observe({ rules }, next.state, closes, 3, { ...quote, price: 70e6, tradeTime: 180_000 });
  expect([...next.alerts, ...last.alerts].map(alertLine)).toEqual([`3/30 ${sessionAt(3)}`]);
});

test('a day level that has fired stays fired until the close of its session, also if that comes after the first quotes of the next', () => {
  const rules: Rules = { drawdown: [], day: [1000] };
  const [before, fallen, after] = [sessionAt(3), sessionAt(4), sessionAt(5)];
  const closes = (...prices: readonly number[]) => ({
    sessions: [before, fallen].slice(0, prices.length),
    closes: prices.map(toMicros),
  });
  const seen = (session: string, previousSession: string, price: number, minute: number) => ({
    ...{ symbol: 'TEST', session, previousSession, price: toMicros(price), tradeTime: minute * 60_000, final: false },
  });
  const states = [seen(fallen, before, 88, 1), seen(fallen, before, 88, 2), seen(after, fallen, 88, 900)].reduce(
    (state, quote) => observe({ rules }, state, closes(100), 1, quote).state,
    emptyState,
  );
  const close = { ...seen(fallen, before, 88, 0), final: true };
  expect(observe({ rules }, states, closes(100), 1, close).alerts).toEqual([]);
});
