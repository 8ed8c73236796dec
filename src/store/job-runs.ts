import type { Db } from './store.ts';

/** When a job last ran to its end, epoch milliseconds. */
export const lastRun = async (db: Db, name: string): Promise<number | undefined> => {
  const row = await db.selectFrom('job_runs').select('ran_at').where('name', '=', name).executeTakeFirst();
  return row?.ran_at;
};

export const recordRun = async (db: Db, name: string, now: number): Promise<void> => {
  await db
    .insertInto('job_runs')
    .values({ name, ran_at: now })
    .onConflict((on) => on.column('name').doUpdateSet({ ran_at: now }))
    .execute();
};
