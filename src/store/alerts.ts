import type { Db } from './store.ts';

/** The alert that was raised last, whatever became of its card. */
export const lastAlert = async (db: Db): Promise<{ readonly symbol: string; readonly at: number } | undefined> =>
  db
    .selectFrom('alerts')
    .select(['symbol', 'created_at as at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
