import { sql } from 'kysely';
import { idChunks, paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';
import type { PersonKey } from './subscriptions.ts';

/** An alert on a card that was posted. */
export interface PostedAlert {
  readonly deliveryId: number;
  readonly symbol: string;
  /** Time of the alert's trade, epoch milliseconds. */
  readonly observedAt: number;
}

interface Subscribed extends PersonKey {
  readonly id: number;
  readonly symbol: string;
}

/** Notes that people are told of an alert; returns the ids of those of `subscriptions` to whom it is new. */
const markAlerted = async (
  db: Db,
  { symbol, observedAt }: PostedAlert,
  subscriptions: readonly Subscribed[],
): Promise<number[]> => {
  const marked = new Set<number>();
  for (const [platform, people] of Map.groupBy(subscriptions, (it) => it.platform))
    for (const ids of idChunks(people.map(({ person }) => person))) {
      // Of all channels: the same alert in another one is no news.
      const rows = await db
        .updateTable('subscriptions')
        .set({ alerted_at: observedAt })
        .where('platform', '=', platform)
        .where('person', 'in', ids)
        .where('symbol', '=', symbol)
        .where('alerted_at', '<', observedAt)
        .returning('id')
        .execute();
      for (const { id } of rows) marked.add(id);
    }
  return subscriptions.flatMap(({ id }) => (marked.has(id) ? id : []));
};

/**
 * Writes a direct message for everybody who has subscribed to these alerts in the channel of the card, once for each alert and
 * person. Call it in the transaction that records the card as sent. Times in epoch milliseconds.
 */
export const enqueuePings = async (
  db: Db,
  channelId: number,
  alerts: readonly PostedAlert[],
  { now, expiresAt }: { readonly now: number; readonly expiresAt: number },
): Promise<void> => {
  if (alerts.length === 0) return;
  // Asked with every card, nearly always in vain: as text, which Kysely does not have to write anew.
  const { rows: subscriptions } = await sql<Subscribed>`select id, platform, person, symbol from subscriptions
    where channel_id = ${channelId} and ended_at is null and expires_at > ${now}`.execute(db);
  if (subscriptions.length === 0) return;
  for (const alert of alerts) {
    const { symbol, deliveryId } = alert;
    const subscribed = subscriptions.filter((it) => it.symbol === symbol).toSorted((a, b) => a.id - b.id);
    if (subscribed.length === 0) continue;
    const platformOf = new Map(subscribed.map(({ id, platform }) => [id, platform]));
    const rows = (await markAlerted(db, alert, subscribed)).map((id) => ({
      subscription_id: id,
      delivery_id: deliveryId,
      platform: platformOf.get(id) ?? '',
      created_at: now,
      due_at: now,
      expires_at: expiresAt,
    }));
    if (rows.length > 0) await db.insertInto('personal_pings').values(rows).execute();
  }
};

/** A direct message to send, with all that it is made of. Times in epoch milliseconds. */
export interface DuePing extends PersonKey {
  readonly id: number;
  readonly subscriptionId: number;
  readonly symbol: string;
  readonly language: string;
  /** When the subscription ends by itself. */
  readonly subscribedUntil: number;
  /** Attempts begun, this one included. */
  readonly attempts: number;
  /** Start of the first earlier attempt that may have reached the person. */
  readonly triedAt: number | null;
  readonly storyId: number;
  /** The card in the channel. */
  readonly messageId: string | null;
  readonly address: string;
  readonly workspace: string | null;
}

/**
 * Leases the first direct messages that are due on a platform, each for one attempt more. If the process ends before the
 * attempt is recorded, the message is due again at `until`, as one that may have been sent.
 */
export const leasePings = async (
  db: Db,
  { platform, now, until, limit }: { platform: string; now: number; until: number; limit: number },
): Promise<readonly DuePing[]> => {
  const rows = await db
    .selectFrom('personal_pings as p')
    .innerJoin('subscriptions as s', 's.id', 'p.subscription_id')
    .innerJoin('deliveries as d', 'd.id', 'p.delivery_id')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select([
      'p.id',
      'p.subscription_id as subscriptionId',
      'p.platform',
      's.person',
      's.symbol',
      's.language',
      's.expires_at as subscribedUntil',
      'p.attempts',
      'p.tried_at as triedAt',
      'd.story_id as storyId',
      'd.message_id as messageId',
      'c.address',
      'c.workspace',
    ])
    .where('p.platform', '=', platform)
    .where('p.due_at', '<=', now)
    .where('p.expires_at', '>', now)
    .orderBy('p.due_at')
    .orderBy('p.id')
    .limit(limit)
    .execute();
  if (rows.length > 0)
    await db
      .updateTable('personal_pings')
      .set(({ fn, ref, val, eb }) => ({
        due_at: until,
        attempts: eb('attempts', '+', 1),
        tried_at: fn.coalesce(ref('tried_at'), val(now)),
      }))
      .where('id', 'in', paddedIds(rows.map(({ id }) => id)))
      .execute();
  return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
};

/** Tries a direct message again at `dueAt`. `triedAt`: null if it has certainly not reached the person. */
export const postponePing = async (
  db: Db,
  id: number,
  { dueAt, triedAt }: { readonly dueAt: number; readonly triedAt: number | null },
): Promise<void> => {
  await db.updateTable('personal_pings').set({ due_at: dueAt, tried_at: triedAt }).where('id', '=', id).execute();
};

export const deletePing = async (db: Db, id: number): Promise<void> => {
  await db.deleteFrom('personal_pings').where('id', '=', id).execute();
};

/** Deletes the direct messages of a platform whose time is over; returns how many. */
export const expirePings = async (db: Db, platform: string, now: number): Promise<number> => {
  const { numDeletedRows } = await db
    .deleteFrom('personal_pings')
    .where('platform', '=', platform)
    .where('due_at', '<=', now)
    .where('expires_at', '<=', now)
    .executeTakeFirst();
  return Number(numDeletedRows);
};

/** Whether a direct message is due on a platform at `now`, epoch milliseconds. Asked every second: as text. */
export const anyPingDue = async (db: Db, platform: string, now: number): Promise<boolean> => {
  const { rows } = await sql`select 1 as found from personal_pings
    where platform = ${platform} and due_at <= ${now} limit 1`.execute(db);
  return rows.length > 0;
};
