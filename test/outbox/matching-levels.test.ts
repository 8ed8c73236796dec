import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rules } from '../../src/market/watchlist.ts';
import { matchLevels, recoveryMatches } from '../../src/outbox/matching-levels.ts';
import { observe } from '../../src/slides/machine.ts';
import { emptyState, type SlideState } from '../../src/slides/state.ts';
import type { CardKind } from '../../src/stories/channel.ts';
import { unionOf } from '../channels/rule-sets.ts';
import { observationsOf, walk } from '../slides/walks.ts';

const KINDS: readonly CardKind[] = ['drawdown', 'day'];

const levels = (pool: readonly number[]) => fc.subarray([...pool]).map((some) => some.toSorted((a, b) => a - b));

/** Rules of one channel: two of three windows, each with some levels. */
const rules: fc.Arbitrary<Rules> = fc.record({
  drawdown: fc
    .tuple(
      fc.constantFrom(3, 9, 252),
      levels([200, 500, 700, 1_000, 1_250, 2_000, 2_100, 3_000, 5_000, 8_000]),
      levels([300, 900, 1_000, 1_100, 4_000]),
    )
    .map(([window, first, second]) =>
      [
        { window, levels: first },
        { window: window === 9 ? 3 : 9, levels: second },
      ]
        .filter((rule) => rule.levels.length > 0)
        .sort((a, b) => b.window - a.window),
    ),
  day: levels([100, 250, 600, 700, 1_500]),
  within: fc.tuple(levels([100, 300, 900]), levels([200, 300, 1_000, 4_000])).map(([short, long]) =>
    [
      { minutes: 30, levels: long },
      { minutes: 5, levels: short },
    ].filter((rule) => rule.levels.length > 0),
  ),
});

test('of the alerts raised by all rules together, each channel matches those that its own rules would have raised', () => {
  fc.assert(
    fc.property(walk, fc.array(rules, { minLength: 1, maxLength: 5 }), (path, channels) => {
      const observations = observationsOf(path);
      const finals = observations.filter(({ final }) => final);
      const closes = { sessions: finals.map(({ session }) => session), closes: finals.map(({ price }) => price) };
      const run = (watched: Rules) => {
        let state = emptyState;
        return observations.map((observation) => {
          const count = closes.sessions.indexOf(observation.session);
          const step = observe({ rules: watched }, state, closes, count, observation);
          state = JSON.parse(JSON.stringify(step.state)) as SlideState;
          return step;
        });
      };
      const together = run(unionOf(channels));
      for (const own of channels) {
        const alone = run(own);
        for (const [n, { alerts, recovery }] of together.entries()) {
          const bare = (alone[n]?.alerts ?? []).map(({ above: _, ...alert }) => alert);
          expect(matchLevels(alerts, own, KINDS)).toEqual(bare);
          const matched = recovery && recoveryMatches(recovery.level, own) ? recovery.session : undefined;
          expect(matched).toBe(alone[n]?.recovery?.session);
        }
      }
    }),
    { numRuns: 500 },
  );
});
