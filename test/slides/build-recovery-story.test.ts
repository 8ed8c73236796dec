import { describe, expect, test } from 'vitest';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { buildRecoveryStory } from '../../src/slides/build-recovery-story.ts';
import { closing, sessionAt } from './samples.ts';

const watched = loadWatchlist().symbols.get('NVDA');
if (!watched) throw new Error('the watchlist lacks NVDA');

/** A record of `before` sessions up to a peak of 100, then a fall over these closes up to a new high. */
const storyOf = (before: number, ...fall: readonly number[]) => {
  const bars = closing(...Array.from({ length: before }, (_, n) => (n === before - 1 ? 100 : 50)), ...fall, 101);
  const session = bars.at(-1)?.session ?? '';
  const recovery = {
    symbol: 'NVDA',
    session,
    price: 101e6,
    level: 1_000,
    peak: 100e6,
    peakSession: sessionAt(before - 1),
  };
  return buildRecoveryStory({ watched, recovery, bars, observedAt: 0, late: false, source: 'yahoo' });
};

test('the trough is the lowest close since the peak, the first of equal ones', () => {
  const { trough, sessions } = storyOf(10, 80, 70, 90, 70);
  expect([trough, sessions]).toEqual([{ price: 70e6, session: sessionAt(11) }, 5]);
});

describe('the chart', () => {
  test('of a short fall shows half a year', () => {
    expect(storyOf(600, 80, 90).chart.shown).toBe(126);
  });

  test('of a long fall begins a month of sessions before its peak', () => {
    const { chart } = storyOf(600, ...Array.from({ length: 199 }, () => 80));
    expect(chart.shown).toBe(220);
    expect(chart.points.at(-220)?.session).toBe(sessionAt(580));
  });

  test('has the closes of a year before the ones shown, which their peaks are among', () => {
    expect(storyOf(600, 80, 90).chart.points).toHaveLength(126 + 252);
  });

  test('of a short record shows all of it', () => {
    expect(storyOf(10, 80, 90).chart.shown).toBe(13);
  });
});
