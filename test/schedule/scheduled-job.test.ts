import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createScheduledJob, type Task, type TaskResult } from '../../src/schedule/scheduled-job.ts';
import { readJobRun, writeJobRun } from '../../src/store/job-runs.ts';
import type { Store } from '../../src/store/store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { openTestStore } from '../store/temporary.ts';

const NOON = Date.parse('2026-03-17T16:00:00Z');

/** A task due an hour after its last run, with the result of `result`. */
const hourly = (
  store: Store,
  result: () => TaskResult = () => ({}),
  dueAfter: Task['dueAfter'] = (ranAt) => ranAt + HOUR_MS,
) => {
  const runs: number[] = [];
  const warned: unknown[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(JSON.parse(line)) });
  const run = async (now: number): Promise<TaskResult> => {
    runs.push(now);
    return result();
  };
  return {
    runs,
    warned,
    job: createScheduledJob({ name: 'sweep', retryMs: 5 * MINUTE_MS, dueAfter, run }, { store, log }),
  };
};

test('a task runs when it is due, also after a restart, and its result and next run are stored', async () => {
  const store = await openTestStore();
  const one = hourly(store, () => ({ counts: { told: 3 } }));
  for (const minute of [0, 1, 30, 59]) await one.job.run(NOON + minute * MINUTE_MS);
  expect(one.runs).toEqual([NOON]);
  expect(await readJobRun(store.db, 'sweep')).toEqual({
    name: 'sweep',
    ranAt: NOON,
    tookMs: expect.any(Number),
    result: { counts: { told: 3 } },
    nextAt: NOON + HOUR_MS,
  });
  const restarted = hourly(store);
  for (const minute of [59, 60, 61]) await restarted.job.run(NOON + minute * MINUTE_MS);
  expect(restarted.runs).toEqual([NOON + HOUR_MS]);
});

test('a failed task is logged and retried', async () => {
  const store = await openTestStore();
  let broken = true;
  const { job, runs, warned } = hourly(store, () => {
    if (broken) throw new Error('the source does not answer');
    return {};
  });
  await job.run(NOON);
  expect(await readJobRun(store.db, 'sweep')).toMatchObject({
    result: { failed: 'the source does not answer' },
    nextAt: NOON + 5 * MINUTE_MS,
  });
  expect(warned).toMatchObject([{ job: 'sweep', reason: 'the source does not answer' }]);
  broken = false;
  for (const minute of [1, 4, 5, 6]) await job.run(NOON + minute * MINUTE_MS);
  expect(runs).toEqual([NOON, NOON + 5 * MINUTE_MS]);
  const run = await readJobRun(store.db, 'sweep');
  expect(run).not.toHaveProperty('result');
  expect(run?.nextAt).toBe(NOON + 5 * MINUTE_MS + HOUR_MS);
});

test('a failed task is retried in time, whatever its next run was to be', async () => {
  const store = await openTestStore();
  await writeJobRun(store.db, { name: 'sweep', ranAt: NOON, result: { failed: 'no' }, nextAt: NOON + 10 * HOUR_MS });
  const { job, runs } = hourly(store);
  for (const minute of [4, 5]) await job.run(NOON + minute * MINUTE_MS);
  expect(runs).toEqual([NOON + 5 * MINUTE_MS]);
});

test('a fault of the database is no failure of the task: it is passed on, and nothing is stored', async () => {
  const store = await openTestStore();
  const away = new StoreError('the database is away');
  const { job, warned } = hourly(store, () => {
    throw away;
  });
  await expect(job.run(NOON)).rejects.toBe(away);
  expect(warned).toEqual([]);
  expect(await readJobRun(store.db, 'sweep')).toBeUndefined();
});

test('a task that is not done runs again after the time it asks for', async () => {
  const store = await openTestStore();
  const { job, runs } = hourly(store, () => ({ nextRunMs: MINUTE_MS }));
  for (const minute of [0, 1, 2]) await job.run(NOON + minute * MINUTE_MS);
  expect(runs).toHaveLength(3);
});

test('an earlier due time is noticed within minutes', async () => {
  const store = await openTestStore();
  let wait = 5 * HOUR_MS;
  const { job, runs } = hourly(store, undefined, (ranAt) => ranAt + wait);
  await job.run(NOON);
  wait = HOUR_MS;
  for (let minute = 0; minute <= 66; minute += 1) await job.run(NOON + minute * MINUTE_MS);
  expect(runs.length).toBe(2);
  expect(runs[1]).toBeLessThanOrEqual(NOON + HOUR_MS + 5 * MINUTE_MS);
});

test('after the clock is set back, a task runs once', async () => {
  const store = await openTestStore();
  const { job, runs } = hourly(store);
  await job.run(NOON + 100 * HOUR_MS);
  for (let minute = 0; minute < 30; minute += 1) await job.run(NOON + minute * MINUTE_MS);
  expect(runs).toEqual([NOON + 100 * HOUR_MS, NOON]);
});

test('concurrent runs of the job run the task once', async () => {
  const store = await openTestStore();
  const { job, runs } = hourly(store);
  await Promise.all([job.run(NOON), job.run(NOON), job.run(NOON + 1)]);
  expect(runs).toEqual([NOON]);
});
