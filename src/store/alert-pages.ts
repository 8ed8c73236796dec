import { ALERT_KIND_IDS } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { AlertsAsked } from '../stories/alerts-asked.ts';
import type { Db } from './store.ts';

/** An alert with the times at which it was written and withdrawn, epoch milliseconds. */
export interface StoredAlert {
  readonly id: number;
  readonly storyId: number;
  readonly alert: Alert;
  readonly firedAt: number;
  readonly withdrawnAt?: number;
}

const TOLD_TO_ALL = ALERT_KIND_IDS.filter((kind) => kind !== 'price');

/** A page of all alerts, whoever was told of them. */
export const readAlertPage = async (db: Db, asked: AlertsAsked): Promise<StoredAlert[]> => {
  const { limit, before, symbol, kind, since, withdrawn = false } = asked;
  let query = db
    .selectFrom('alerts')
    .select(['id', 'story_id', 'body', 'created_at', 'withdrawn_at'])
    .where('kind', 'in', TOLD_TO_ALL)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  if (symbol !== undefined) query = query.where('symbol', '=', symbol);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (since !== undefined) query = query.where('created_at', '>=', since);
  if (!withdrawn) query = query.where('withdrawn_at', 'is', null);
  return (await query.execute()).map(({ id, story_id, body, created_at, withdrawn_at }) => ({
    id,
    storyId: story_id,
    alert: JSON.parse(body) as Alert,
    firedAt: created_at,
    ...(withdrawn_at !== null && { withdrawnAt: withdrawn_at }),
  }));
};
