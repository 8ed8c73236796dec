import type { SessionDate } from '../market/calendar.ts';
import { ALERT_KIND_IDS } from '../slides/alert-kinds.ts';
import type { Alert } from '../stories/alert.ts';
import type { Db } from './store.ts';

/** Writes alerts as they fired, each with the story that a card of them is made of. */
export const writeAlerts = async (db: Db, storyId: number, alerts: readonly Alert[], now: number): Promise<void> => {
  await db
    .insertInto('alerts')
    .values(
      alerts.map((alert) => ({
        story_id: storyId,
        symbol: alert.symbol,
        kind: alert.kind,
        session: alert.session,
        body: JSON.stringify(alert),
        created_at: now,
        withdrawn_at: null,
      })),
    )
    .execute();
};

/** The alert that fired last, in whatever state its deliveries are. */
export const lastAlert = async (db: Db): Promise<{ readonly symbol: string; readonly at: number } | undefined> =>
  db
    .selectFrom('alerts')
    .select(['symbol', 'created_at as at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The alerts of one session that stand, oldest first. */
export const alertsOf = async (db: Db, session: SessionDate): Promise<Alert[]> => {
  const rows = await db
    .selectFrom('alerts')
    .select('body')
    .where('session', '=', session)
    .where('kind', 'in', ALERT_KIND_IDS)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Alert);
};

/** Alerts that stand, of one observation. */
interface FiredAlerts {
  /** The draft of their story. */
  readonly storyId: number;
  /** In the order in which they were written. */
  readonly alerts: readonly Alert[];
}

/** The latest alerts of these symbols that stand, newest first, out of the last `limit`. */
export const latestAlerts = async (db: Db, symbols: readonly string[], limit: number): Promise<FiredAlerts[]> => {
  if (symbols.length === 0) return [];
  const rows = await db
    .selectFrom('alerts')
    .select(['story_id', 'body'])
    .where('symbol', 'in', symbols)
    .where('kind', 'in', ALERT_KIND_IDS)
    .where('withdrawn_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const byStory = Map.groupBy(rows, ({ story_id }) => story_id);
  return [...byStory].map(([storyId, alerts]) => ({
    storyId,
    alerts: alerts.toReversed().map(({ body }) => JSON.parse(body) as Alert),
  }));
};

/** An alert that has fired, and whether it was at a close. */
export interface ToldAlert {
  readonly id: number;
  readonly alert: Alert;
  readonly final: boolean;
}

/** Those of these symbols of which an alert has fired since a session and stands. */
export const alertedSince = async (db: Db, symbols: readonly string[], since: SessionDate): Promise<string[]> => {
  if (symbols.length === 0) return [];
  const rows = await db
    .selectFrom('alerts')
    .select('symbol')
    .distinct()
    .where('symbol', 'in', symbols)
    .where('session', '>=', since)
    .where('kind', 'in', ALERT_KIND_IDS)
    .where('withdrawn_at', 'is', null)
    .execute();
  return rows.map(({ symbol }) => symbol);
};

/** The alerts of these symbols since a session that stand, oldest first. */
export const readToldAlerts = async (db: Db, symbols: readonly string[], since: SessionDate): Promise<ToldAlert[]> => {
  const rows = await db
    .selectFrom('alerts as a')
    .leftJoin('stories as s', 's.id', 'a.story_id')
    .select(['a.id', 'a.body', 's.body as story'])
    .where('a.symbol', 'in', symbols)
    .where('a.session', '>=', since)
    .where('a.kind', 'in', ALERT_KIND_IDS)
    .where('a.withdrawn_at', 'is', null)
    .orderBy('a.id')
    .execute();
  return rows.map(({ id, body, story }) => ({
    id,
    alert: JSON.parse(body) as Alert,
    final: story !== null && (JSON.parse(story) as { final?: boolean }).final === true,
  }));
};
