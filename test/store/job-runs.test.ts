import { expect, test } from 'vitest';
import { readJobHistories, readJobRuns, writeJobRun, writeNextRun } from '../../src/store/job-runs.ts';
import { openTestStore } from './temporary.ts';

const NOON = Date.parse('2026-03-17T16:00:00Z');

test('the last twenty runs of a job are kept, newest first, and the last one with its next', async () => {
  const { db } = await openTestStore();
  for (let run = 0; run < 25; run += 1)
    await writeJobRun(db, {
      name: 'sweep',
      ranAt: NOON + run,
      tookMs: run,
      result: { counts: { told: run } },
      nextAt: NOON + 99,
    });
  const failed = { name: 'other', ranAt: NOON, result: { failed: 'no answer' } };
  await writeJobRun(db, failed);
  const histories = await readJobHistories(db);
  const runs = histories.get('sweep') ?? [];
  expect(runs.map(({ ranAt }) => ranAt)).toEqual(Array.from({ length: 20 }, (_, at) => NOON + 24 - at));
  expect(runs[0]).toEqual({ name: 'sweep', ranAt: NOON + 24, tookMs: 24, result: { counts: { told: 24 } } });
  expect(histories.get('other')).toEqual([failed]);
  expect((await readJobRuns(db)).map(({ name, ranAt, nextAt }) => [name, ranAt, nextAt])).toEqual([
    ['other', NOON, undefined],
    ['sweep', NOON + 24, NOON + 99],
  ]);
});

test('a next run alone is no run of the history, and a run that is written twice is one', async () => {
  const { db } = await openTestStore();
  await writeNextRun(db, 'sweep', NOON);
  expect(await readJobHistories(db)).toEqual(new Map());
  for (const tookMs of [1, 2]) await writeJobRun(db, { name: 'sweep', ranAt: NOON, tookMs });
  expect((await readJobHistories(db)).get('sweep')).toEqual([{ name: 'sweep', ranAt: NOON, tookMs: 2 }]);
});
