import type { Selectable } from 'kysely';
import type { JobRun, RunResult } from '../stories/job-run.ts';
import type { Schema } from './schema.ts';
import type { Db } from './store.ts';

/** `ran_at` of a job that has not run yet and whose next run is known. */
const NOT_RUN_YET = 0;

const toRun = ({ name, ran_at, took_ms, result }: Selectable<Omit<Schema['job_runs'], 'next_at'>>): JobRun => ({
  name,
  ...(ran_at !== NOT_RUN_YET && { ranAt: ran_at }),
  ...(took_ms !== null && { tookMs: took_ms }),
  ...(result !== null && { result: JSON.parse(result) as RunResult }),
});

/** All jobs, sorted by name. */
export const readJobRuns = async (db: Db): Promise<JobRun[]> => {
  const rows = await db.selectFrom('job_runs').selectAll().orderBy('name').execute();
  return rows.map(({ next_at, ...row }) => ({ ...toRun(row), ...(next_at !== null && { nextAt: next_at }) }));
};

/** Undefined if the job has neither run nor a next run. */
export const readJobRun = async (db: Db, name: string): Promise<JobRun | undefined> =>
  (await readJobRuns(db)).find((run) => run.name === name);

/** Past runs kept of each job. */
const RUNS_KEPT = 20;

/** Replaces the job's previous run, which stays in the history of its last ones. */
export const writeJobRun = async (db: Db, { name, ranAt, tookMs, result, nextAt }: JobRun): Promise<void> => {
  const ran = {
    ran_at: ranAt ?? NOT_RUN_YET,
    took_ms: tookMs ?? null,
    result: result === undefined ? null : JSON.stringify(result),
  };
  const row = { ...ran, next_at: nextAt ?? null };
  await db
    .insertInto('job_runs')
    .values({ name, ...row })
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
  if (ranAt === undefined) return;
  await db
    .insertInto('job_history')
    .values({ name, ...ran })
    .onConflict((on) => on.columns(['name', 'ran_at']).doUpdateSet(ran))
    .execute();
  const tooOld = await db
    .selectFrom('job_history')
    .select('ran_at')
    .where('name', '=', name)
    .orderBy('ran_at', 'desc')
    .limit(1)
    .offset(RUNS_KEPT)
    .executeTakeFirst();
  if (tooOld)
    await db.deleteFrom('job_history').where('name', '=', name).where('ran_at', '<=', tooOld.ran_at).execute();
};

/** The last runs of every job, newest first, by the job's name. */
export const readJobHistories = async (db: Db): Promise<ReadonlyMap<string, readonly JobRun[]>> => {
  const rows = await db
    .selectFrom('job_history')
    .select(['name', 'ran_at', 'took_ms', 'result'])
    .orderBy('name')
    .orderBy('ran_at', 'desc')
    .execute();
  return Map.groupBy(rows.map(toRun), ({ name }) => name);
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
