import { pino } from 'pino';
import { expect, test } from 'vitest';
import { scheduledJob, type Task, type TaskResult } from '../../src/schedule/task.ts';
import { readJobRun } from '../../src/store/job-runs.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore } from '../store/temporary.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-03-17T16:00:00Z');

/** A task that is due an hour after it has run, and comes to what the test hands in. */
const hourly = (
  store: Store,
  come: () => TaskResult = () => ({}),
  dueAfter: Task['dueAfter'] = (ranAt) => ranAt + HOUR,
) => {
  const runs: number[] = [];
  const warned: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(JSON.parse(line)) });
  const run = async (now: number): Promise<TaskResult> => {
    runs.push(now);
    return come();
  };
  return { runs, warned, job: scheduledJob({ name: 'sweep', againMs: 5 * MINUTE, dueAfter, run }, { store, log }) };
};

test('it runs when it is due, over restarts too, and the store knows how it went and when it runs next', async () => {
  const store = await openTestStore();
  const one = hourly(store, () => ({ counts: { told: 3 } }));
  for (const minute of [0, 1, 30, 59]) await one.job.run(NOON + minute * MINUTE);
  expect(one.runs).toEqual([NOON]);
  expect(await readJobRun(store.db, 'sweep')).toEqual({
    name: 'sweep',
    ranAt: NOON,
    tookMs: expect.any(Number),
    result: { counts: { told: 3 } },
    nextAt: NOON + HOUR,
  });
  const restarted = hourly(store);
  for (const minute of [59, 60, 61]) await restarted.job.run(NOON + minute * MINUTE);
  expect(restarted.runs).toEqual([NOON + HOUR]);
});

test('one that fails says so and is tried again later', async () => {
  const store = await openTestStore();
  let broken = true;
  const { job, runs, warned } = hourly(store, () => {
    if (broken) throw new Error('the source does not answer');
    return {};
  });
  await job.run(NOON);
  expect(await readJobRun(store.db, 'sweep')).toMatchObject({
    result: { failed: 'the source does not answer' },
    nextAt: NOON + 5 * MINUTE,
  });
  expect(warned).toMatchObject([{ job: 'sweep', reason: 'the source does not answer' }]);
  broken = false;
  for (const minute of [1, 4, 5, 6]) await job.run(NOON + minute * MINUTE);
  expect(runs).toEqual([NOON, NOON + 5 * MINUTE]);
  const run = await readJobRun(store.db, 'sweep');
  expect(run).not.toHaveProperty('result');
  expect(run?.nextAt).toBe(NOON + 5 * MINUTE + HOUR);
});

test('one that is not done runs again as soon as it asks for', async () => {
  const store = await openTestStore();
  const { job, runs } = hourly(store, () => ({ againMs: MINUTE }));
  for (const minute of [0, 1, 2]) await job.run(NOON + minute * MINUTE);
  expect(runs).toHaveLength(3);
});

test('what becomes due sooner than it was when it last ran is seen within minutes', async () => {
  const store = await openTestStore();
  let wait = 5 * HOUR;
  const { job, runs } = hourly(store, undefined, (ranAt) => ranAt + wait);
  await job.run(NOON);
  wait = HOUR;
  for (let minute = 0; minute <= 66; minute += 1) await job.run(NOON + minute * MINUTE);
  expect(runs.length).toBe(2);
  expect(runs[1]).toBeLessThanOrEqual(NOON + HOUR + 5 * MINUTE);
});

test('a clock that is set back neither keeps it from running nor makes it run at every wake', async () => {
  const store = await openTestStore();
  const { job, runs } = hourly(store);
  await job.run(NOON + 100 * HOUR);
  for (let minute = 0; minute < 30; minute += 1) await job.run(NOON + minute * MINUTE);
  expect(runs).toEqual([NOON + 100 * HOUR, NOON]);
});

test('two wakes at once are one run', async () => {
  const store = await openTestStore();
  const { job, runs } = hourly(store);
  await Promise.all([job.run(NOON), job.run(NOON), job.run(NOON + 1)]);
  expect(runs).toEqual([NOON]);
});
