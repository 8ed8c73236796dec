import type { PersonRefusal, Subscription } from '../stories/subscription.ts';
import { paddedIds } from './id-lists.ts';
import type { Db } from './store.ts';

/** A person, by the platform's id. */
export interface PersonKey {
  readonly platform: string;
  readonly person: string;
}

const idsOf = (db: Db, { platform, person }: PersonKey, symbol?: string) =>
  db
    .selectFrom('subscriptions')
    .select('id')
    .where('platform', '=', platform)
    .where('person', '=', person)
    .$if(symbol !== undefined, (rows) => rows.where('symbol', '=', symbol ?? ''));

const deleteByIds = async (db: Db, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return;
  await db.deleteFrom('personal_pings').where('subscription_id', 'in', paddedIds(ids)).execute();
  await db.deleteFrom('subscriptions').where('id', 'in', paddedIds(ids)).execute();
};

/**
 * A person's subscriptions that have not expired at `now`, oldest first, with those that a refusal has ended lately.
 */
export const readSubscriptions = async (
  db: Db,
  { platform, person }: PersonKey,
  now: number,
): Promise<readonly (Subscription & { readonly ended: boolean })[]> => {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', platform)
    .where('person', '=', person)
    .where('expires_at', '>', now)
    .orderBy('id')
    .execute();
  return rows.map(({ id, channel_id, symbol, expires_at, refusal, refused_at, ended_at }) => ({
    id,
    channelId: channel_id,
    symbol,
    expiresAt: expires_at,
    ...(refusal !== null && { refusal: { kind: refusal, at: refused_at ?? 0 } }),
    ended: ended_at !== null,
  }));
};

/** Number of people who have subscribed to a symbol in a channel. */
export const countSubscribers = async (db: Db, channelId: number, symbol: string, now: number): Promise<number> => {
  const { count } = await db
    .selectFrom('subscriptions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('channel_id', '=', channelId)
    .where('symbol', '=', symbol)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return Number(count);
};

interface NewSubscription extends PersonKey {
  readonly channelId: number;
  readonly symbol: string;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Writes a subscription; one that is there is renewed, and its refusal is forgotten. */
export const writeSubscription = async (
  db: Db,
  { channelId, platform, person, symbol, language, expiresAt }: NewSubscription,
  now: number,
): Promise<void> => {
  // An alert that the person was told of for another channel is not told again.
  const told = await db
    .selectFrom('subscriptions')
    .select(({ fn }) => fn.max('alerted_at').as('at'))
    .where('platform', '=', platform)
    .where('person', '=', person)
    .where('symbol', '=', symbol)
    .executeTakeFirst();
  const row = { language, expires_at: expiresAt, refusal: null, refused_at: null, ended_at: null };
  await db
    .insertInto('subscriptions')
    .values({
      channel_id: channelId,
      platform,
      person,
      symbol,
      created_at: now,
      alerted_at: Number(told?.at ?? 0),
      ...row,
    })
    .onConflict((on) => on.columns(['channel_id', 'symbol', 'person']).doUpdateSet(row))
    .execute();
};

/**
 * Deletes a person's subscriptions, of all channels: to a symbol, or to all for `*`. Messages that are not sent yet go with
 * them. Returns how many were active.
 */
export const endSubscriptions = async (db: Db, person: PersonKey, symbol: string): Promise<number> => {
  const rows = await idsOf(db, person, symbol === '*' ? undefined : symbol)
    .select('ended_at')
    .execute();
  await deleteByIds(
    db,
    rows.map(({ id }) => id),
  );
  return rows.filter(({ ended_at }) => ended_at === null).length;
};

/** Deletes the subscriptions that a refusal has ended, once the person knows. */
export const deleteEnded = async (db: Db, person: PersonKey): Promise<void> => {
  const rows = await idsOf(db, person).where('ended_at', 'is not', null).execute();
  await deleteByIds(
    db,
    rows.map(({ id }) => id),
  );
};

/** Deletes a person's subscriptions in one channel. */
export const endSubscriptionsIn = async (db: Db, channelId: number, person: PersonKey): Promise<void> => {
  const rows = await idsOf(db, person).where('channel_id', '=', channelId).execute();
  await deleteByIds(
    db,
    rows.map(({ id }) => id),
  );
};

/** Ends all subscriptions of a person who takes no direct messages, and keeps why for their next press. */
export const refuseSubscriptions = async (db: Db, person: PersonKey, now: number): Promise<void> => {
  await db.deleteFrom('personal_pings').where('subscription_id', 'in', idsOf(db, person)).execute();
  await db
    .updateTable('subscriptions')
    .set({ refusal: 'closed', refused_at: now, ended_at: now })
    .where('id', 'in', idsOf(db, person))
    .where('ended_at', 'is', null)
    .execute();
};

/** Notes why a direct message was refused, or that one was taken. The subscription goes on. */
export const noteRefusal = async (db: Db, id: number, refusal: PersonRefusal | null, now: number): Promise<void> => {
  await db
    .updateTable('subscriptions')
    .set({ refusal, refused_at: refusal === null ? null : now })
    .where('id', '=', id)
    .$if(refusal === null, (rows) => rows.where('refusal', 'is not', null))
    .execute();
};

/** Deletes all subscriptions of a channel. */
export const forgetSubscriptions = async (db: Db, channelId: number): Promise<void> => {
  const own = db.selectFrom('subscriptions').select('id').where('channel_id', '=', channelId);
  await db.deleteFrom('personal_pings').where('subscription_id', 'in', own).execute();
  await db.deleteFrom('subscriptions').where('channel_id', '=', channelId).execute();
};

/** Moves subscriptions to another channel, except for those of people who have the same there. */
export const moveSubscriptions = async (db: Db, from: number, into: number): Promise<void> => {
  const there = await db
    .selectFrom('subscriptions')
    .select(['person', 'symbol'])
    .where('channel_id', '=', into)
    .execute();
  const taken = new Set(there.map(({ person, symbol }) => `${person} ${symbol}`));
  const here = await db
    .selectFrom('subscriptions')
    .select(['id', 'person', 'symbol'])
    .where('channel_id', '=', from)
    .execute();
  const moved = here.filter(({ person, symbol }) => !taken.has(`${person} ${symbol}`)).map(({ id }) => id);
  if (moved.length > 0)
    await db.updateTable('subscriptions').set({ channel_id: into }).where('id', 'in', paddedIds(moved)).execute();
  await forgetSubscriptions(db, from);
};

/** Deletes up to `limit` subscriptions that have expired, or were ended by a refusal before `endedSince`; returns how many. */
export const deleteOldSubscriptions = async (
  db: Db,
  { now, endedSince, limit }: { readonly now: number; readonly endedSince: number; readonly limit: number },
): Promise<number> => {
  const rows = await db
    .selectFrom('subscriptions')
    .select('id')
    .where(({ or, eb }) => or([eb('expires_at', '<=', now), eb('ended_at', '<', endedSince)]))
    .orderBy('id')
    .limit(limit)
    .execute();
  await deleteByIds(
    db,
    rows.map(({ id }) => id),
  );
  return rows.length;
};
