import { describe, expect, test } from 'vitest';
import { foldBars } from '../../src/slides/fold.ts';
import { observe } from '../../src/slides/machine.ts';
import { emptyState, type SlideState } from '../../src/slides/state.ts';
import { closing, firedAt, rulesOf, sessionAt } from './samples.ts';

const yearly = rulesOf(252, [10, 20, 30]);

describe('drawdown levels', () => {
  test.each<[string, number[], string[]]>([
    ['a fall to a cent above the level does not fire', [100, 90.01], []],
    ['a fall to exactly the level fires', [100, 90], ['252/10 @ 1']],
    ['a level fires once while the fall goes on', [100, 90, 89, 85, 90], ['252/10 @ 1']],
    ['each deeper level fires when it is reached', [100, 90, 80, 70], ['252/10 @ 1', '252/20 @ 2', '252/30 @ 3']],
    ['of several levels reached at once the deepest fires', [100, 75], ['252/20 @ 1']],
    ['a level that was skipped is disarmed with the deeper one', [100, 75, 89, 91, 88], ['252/20 @ 1']],
    ['a recovery to exactly half of the level does not re-arm it', [100, 90, 95, 90], ['252/10 @ 1']],
    ['a recovery to less than half of the level re-arms it', [100, 90, 95.01, 90], ['252/10 @ 1', '252/10 @ 3']],
    [
      'a deeper level re-arms before a shallower one',
      [100, 79, 90.01, 80, 70],
      ['252/20 @ 1', '252/20 @ 3', '252/30 @ 4'],
    ],
    ['a deeper level fires while a shallower one is still disarmed', [100, 90, 94, 80], ['252/10 @ 1', '252/20 @ 3']],
    ['a new peak re-arms all levels', [100, 70, 101, 90.9], ['252/30 @ 1', '252/10 @ 3']],
    ['a first price has no peak to be below', [50], []],
  ])('%s', (_, prices, expected) => {
    expect(firedAt(yearly, ...prices)).toEqual(expected);
  });

  test('a level re-arms without a rally when the old peak leaves the window, and fires at the next fall', () => {
    const flat = rulesOf(3, [10]);
    expect(firedAt(flat, 100, 90, 90, 90, 81)).toEqual(['3/10 @ 1', '3/10 @ 4']);
  });

  test('the peak is the highest close of the window, today included', () => {
    expect(firedAt(rulesOf(3, [10]), 100, 95, 90)).toEqual(['3/10 @ 2']);
    expect(firedAt(rulesOf(3, [10]), 100, 95, 94, 90)).toEqual([]);
  });

  test('two windows fire independently, each from its own peak', () => {
    const rules = {
      drawdown: [
        { window: 252, levels: [2_000] },
        { window: 3, levels: [1_000] },
      ],
      day: [9_900],
    };
    const { alerts } = foldBars({ rules }, 'TEST', closing(100, 90, 89.9, 89, 80));
    expect(
      alerts.map((it) => it.kind === 'drawdown' && [it.window, it.level, it.session, it.peak, it.sessions]),
    ).toEqual([
      [3, 1_000, sessionAt(1), 100e6, 1],
      [252, 2_000, sessionAt(4), 100e6, 4],
      [3, 1_000, sessionAt(4), 89_900_000, 2],
    ]);
  });
});

describe('day levels', () => {
  const daily = rulesOf(252, [99], [7, 10]);

  test.each<[string, number[], string[]]>([
    ['a fall of exactly the level fires', [100, 93], ['day 7 @ 1']],
    ['a fall just short of the level does not fire', [100, 93.01], []],
    ['the deepest level wins', [100, 89], ['day 10 @ 1']],
    ['the next session starts with all levels armed', [100, 93, 86], ['day 7 @ 1', 'day 7 @ 2']],
    ['the fall is measured from the session before, not from the peak', [100, 95, 90], []],
  ])('%s', (_, prices, expected) => {
    expect(firedAt(daily, ...prices)).toEqual(expected);
  });

  test.each([
    ['the close of the session before', sessionAt(0), ['day']],
    ['an older one, as the one before is missing', sessionAt(1), []],
  ])('the last close is %s: that decides whether they are checked', (_, previousSession, expected) => {
    const closes = { sessions: [sessionAt(0)], closes: [100e6] };
    const { alerts } = observe({ rules: daily }, emptyState, closes, 1, {
      symbol: 'TEST',
      session: sessionAt(2),
      price: 90e6,
      tradeTime: 0,
      final: true,
      previousSession,
    });
    expect(alerts.map(({ kind }) => kind)).toEqual(expected);
  });
});

describe('value lost', () => {
  // A basket priced in billions: 13,000 is 13 trillion dollars.
  const watch = { rules: rulesOf(252, [99]), valueStep: 500 };
  const levels = (...prices: readonly number[]) =>
    foldBars(watch, 'MAG7', closing(...prices)).alerts.map((it) => it.kind === 'value' && it.level);

  test.each<[string, number[], number[]]>([
    ['a loss of a million dollars less than a step does not fire', [13_000, 12_500.001], []],
    ['each further step fires once', [13_000, 12_500, 12_400, 12_000, 12_100], [500, 1_000]],
    ['several steps at once are one alert', [13_000, 11_400], [1_500]],
    ['a step re-arms at less than half of it', [13_000, 12_500, 12_750, 12_500, 12_750.001, 12_500], [500, 500]],
    ['deeper steps re-arm first', [13_000, 11_900, 12_501, 12_000], [1_000, 1_000]],
  ])('%s', (_, prices, expected) => {
    expect(levels(...prices)).toEqual(expected);
  });
});

test('folding in two parts gives the same as folding at once', () => {
  const bars = closing(100, 90, 95, 80, 91, 79, 101, 70);
  const whole = foldBars({ rules: yearly }, 'TEST', bars);
  for (let cut = 0; cut <= bars.length; cut += 1) {
    const first = foldBars({ rules: yearly }, 'TEST', bars.slice(0, cut));
    const state = JSON.parse(JSON.stringify(first.state)) as SlideState;
    const second = foldBars({ rules: yearly }, 'TEST', bars, { state, from: cut });
    expect([...first.alerts, ...second.alerts]).toEqual(whole.alerts);
    expect(second.state).toEqual(whole.state);
  }
});

test('the state remembers the last session folded', () => {
  expect(foldBars({ rules: yearly }, 'TEST', closing(100, 90)).state.folded).toBe(sessionAt(1));
  expect(foldBars({ rules: yearly }, 'TEST', []).state).toEqual(emptyState);
});

test('observing does not change the state it was given', () => {
  const before: SlideState = { folded: sessionAt(0), drawdown: { 252: { disarmed: 0 } } };
  const copy = JSON.stringify(before);
  const closes = { sessions: [sessionAt(0)], closes: [100e6] };
  const { state } = observe({ rules: yearly }, before, closes, 1, {
    symbol: 'TEST',
    session: sessionAt(1),
    price: 80e6,
    tradeTime: 0,
    final: true,
  });
  expect(state.drawdown[252]?.disarmed).toBe(2_000);
  expect(JSON.stringify(before)).toBe(copy);
});
