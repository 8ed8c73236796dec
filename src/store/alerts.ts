import type { SessionDate } from '../market/calendar.ts';
import type { Alert } from '../stories/alert.ts';
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

/** The slides of one session, oldest first. */
export const alertsOf = async (db: Db, session: SessionDate): Promise<Alert[]> => {
  const rows = await db
    .selectFrom('alerts')
    .select('body')
    .where('session', '=', session)
    .where('kind', 'in', ['drawdown', 'day', 'value'])
    .orderBy('id')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Alert);
};
