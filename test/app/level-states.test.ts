import { expect, test } from 'vitest';
import { levelStates } from '../../src/app/level-states.ts';
import type { SlideState } from '../../src/slides/state.ts';

const RULES = {
  drawdown: [{ window: 252, levels: [1_000, 2_000, 3_000] }],
  day: [500, 700],
  rise: [2_000],
  dayRise: [500],
};

const STATE: SlideState = {
  drawdown: { 252: { disarmed: 2_000 } },
  day: { disarmed: 500, session: '2024-07-30' },
  rise: { disarmed: 0 },
  dayRise: { disarmed: 500, session: '2024-07-29' },
};

const fired = (state: SlideState | undefined, session: string | undefined): readonly string[] =>
  levelStates(RULES, state, session)
    .filter(({ hasFired }) => hasFired)
    .map(({ kind, window, level }) => [kind, window, level].filter((it) => it !== undefined).join(' '));

test('a level has fired from the shallowest to the deepest that is disarmed; one of a day counts on that day alone', () => {
  expect(fired(STATE, '2024-07-30')).toEqual(['drawdown 252 1000', 'drawdown 252 2000', 'day 500']);
  expect(fired(STATE, '2024-07-31')).toEqual(['drawdown 252 1000', 'drawdown 252 2000']);
  expect(fired(undefined, undefined)).toEqual([]);
  expect(levelStates(RULES, undefined, undefined)).toHaveLength(7);
});
