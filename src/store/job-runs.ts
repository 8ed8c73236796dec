import type { JobRun, RunResult } from '../stories/job-run.ts';
import type { Db } from './store.ts';

/** `ran_at` of a job that has not run yet and whose next run is known. */
const NOT_RUN_YET = 0;

/** All jobs, sorted by name. */
export const readJobRuns = async (db: Db): Promise<JobRun[]> => {
  const rows = await db.selectFrom('job_runs').selectAll().orderBy('name').execute();
  return rows.map(({ name, ran_at, took_ms, result, next_at }) => ({
    name,
    ...(ran_at !== NOT_RUN_YET && { ranAt: ran_at }),
    ...(took_ms !== null && { tookMs: took_ms }),
    ...(result !== null && { result: JSON.parse(result) as RunResult }),
    ...(next_at !== null && { nextAt: next_at }),
  }));
};

/** Undefined if the job has neither run nor a next run. */
export const readJobRun = async (db: Db, name: string): Promise<JobRun | undefined> =>
  (await readJobRuns(db)).find((run) => run.name === name);

/** Replaces the job's previous run. */
export const writeJobRun = async (db: Db, { name, ranAt, tookMs, result, nextAt }: JobRun): Promise<void> => {
  const row = {
    ran_at: ranAt ?? NOT_RUN_YET,
    took_ms: tookMs ?? null,
    result: result === undefined ? null : JSON.stringify(result),
    next_at: nextAt ?? null,
  };
  await db
    .insertInto('job_runs')
    .values({ name, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
};

/** Saves when a job runs next; its last run stays. */
export const writeNextRun = async (db: Db, name: string, nextAt: number | undefined): Promise<void> => {
  const row = { next_at: nextAt ?? null };
  await db
    .insertInto('job_runs')
    .values({ name, ran_at: NOT_RUN_YET, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
};
