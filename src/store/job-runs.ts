import type { JobRun, RunResult } from '../stories/job-run.ts';
import type { Db } from './store.ts';

/** `ran_at` of a job of which only the next run is known. */
const NOT_RUN_YET = 0;

/** Every job that has run or is going to, by name. */
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

/** Undefined where nothing is known of the job. */
export const readJobRun = async (db: Db, name: string): Promise<JobRun | undefined> =>
  (await readJobRuns(db)).find((run) => run.name === name);

/** Takes the place of the run before. */
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

/** Notes when a job runs next; what is known of its last run stays. */
export const writeNextRun = async (db: Db, name: string, nextAt: number | undefined): Promise<void> => {
  const row = { next_at: nextAt ?? null };
  await db
    .insertInto('job_runs')
    .values({ name, ran_at: NOT_RUN_YET, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
};
