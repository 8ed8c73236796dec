import { expect, onTestFinished, test, vi } from 'vitest';
import { type SchedulerOptions, startScheduler } from '../../src/schedule/scheduler.ts';
import { DAY_MS, HOUR_MS } from '../../src/util/durations.ts';

const START = Date.parse('2025-06-02T15:00:00Z');

/** A scheduler with one job; returns the times at which it ran and what went wrong. */
const started = (work: () => Promise<void> = async () => {}, options: Partial<SchedulerOptions> = {}) => {
  vi.useFakeTimers({ now: START });
  const ran: number[] = [];
  const faults: unknown[] = [];
  const run = (now: number): Promise<void> => {
    ran.push(now - START);
    return work();
  };
  const onFault = (job: string, fault: unknown) => void faults.push([job, fault]);
  const scheduler = startScheduler([{ name: 'job', run }], { now: Date.now, onFault, ...options });
  onTestFinished(() => {
    scheduler.stop();
    vi.useRealTimers();
  });
  return { ran, faults, scheduler };
};

test.each([
  ['an hour back', -HOUR_MS],
  ['a day back', -DAY_MS],
  ['a day forward', DAY_MS],
])('a job runs every second, also after the computer’s clock was set %s', async (_name, byMs) => {
  const { ran } = started();
  await vi.advanceTimersByTimeAsync(2_000);
  vi.setSystemTime(START + 2_000 + byMs);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(ran).toEqual([1_000, 2_000, byMs + 3_000, byMs + 4_000]);
});

test('runs of a job never overlap, and a failed one is reported and followed by the next', async () => {
  const { promise, reject } = Promise.withResolvers<void>();
  const works = [() => promise, async () => {}];
  const { ran, faults } = started(() => works.shift()?.() ?? Promise.resolve());
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ran).toEqual([1_000]);
  reject('the disk is full');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(faults).toEqual([['job', 'the disk is full']]);
  expect(ran).toEqual([1_000, 4_000]);
});

test('a job that may not run yet waits, and none runs after a stop', async () => {
  let may = false;
  const { ran, scheduler } = started(undefined, { mayRun: () => may });
  await vi.advanceTimersByTimeAsync(2_000);
  may = true;
  await vi.advanceTimersByTimeAsync(1_000);
  scheduler.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ran).toEqual([3_000]);
});
