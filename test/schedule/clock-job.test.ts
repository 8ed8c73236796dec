import { expect, test } from 'vitest';
import type { ClockReading } from '../../src/clock/set-watch.ts';
import { setBackBy } from '../../src/schedule/clock-job.ts';

test.each<[what: string, before: ClockReading, now: ClockReading, backMs: number]>([
  ['a second later', { time: 0, monotonic: 0 }, { time: 1_000, monotonic: 1_000 }, 0],
  ['set back an hour', { time: 3_600_000, monotonic: 0 }, { time: 1_000, monotonic: 1_000 }, 3_600_000],
  ['set back half a minute', { time: 30_000, monotonic: 0 }, { time: 1_000, monotonic: 1_000 }, 0],
  ['set back a little more', { time: 30_001, monotonic: 0 }, { time: 1_000, monotonic: 1_000 }, 30_001],
  ['set forward', { time: 0, monotonic: 0 }, { time: 3_600_000, monotonic: 1_000 }, 0],
  ['simulated, so that no time goes by', { time: 0, monotonic: 0 }, { time: 3_600_000, monotonic: 1 }, 0],
])('a clock that is %s', (_what, before, now, backMs) => {
  expect(setBackBy(before, now)).toBe(backMs);
});
