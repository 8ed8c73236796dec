import type { Story } from '../stories/story.ts';
import { lifeOf } from './outbox.ts';
import type { Db } from './store.ts';

/** A channel whose quiet hours hold something that is due to be looked at. */
export interface QuietChannel {
  readonly id: number;
  readonly platform: string;
  readonly settings: string | null;
  /** Why it is in use no longer; null while it is. */
  readonly retired: string | null;
}

/** Channels with deliveries that are held until `now` or before, each once. */
export const channelsToRelease = (db: Db, now: number, limit: number): Promise<QuietChannel[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'platform', 'settings', 'retired'])
    .where('id', 'in', (from) =>
      from
        .selectFrom('deliveries')
        .select('channel_id')
        .distinct()
        .where('held_until', '<=', now)
        .where('state', '=', 'quiet')
        .limit(limit),
    )
    .execute();

/** Something that quiet hours hold. */
export interface HeldDelivery {
  readonly id: number;
  readonly storyId: number;
  /** `*` = none in particular. */
  readonly symbol: string;
  readonly kind: Story['kind'];
  readonly heldUntil: number;
  readonly createdAt: number;
}

/** All that the quiet hours of a channel hold, oldest first. */
export const heldDeliveries = async (db: Db, channelId: number): Promise<HeldDelivery[]> => {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select(['d.id', 'd.story_id', 's.symbol', 's.kind', 'd.held_until', 'd.created_at'])
    .where('d.channel_id', '=', channelId)
    .where('d.state', '=', 'quiet')
    .orderBy('d.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    storyId: row.story_id,
    symbol: row.symbol,
    kind: row.kind as Story['kind'],
    heldUntil: row.held_until ?? 0,
    createdAt: row.created_at,
  }));
};

/** Holds what a channel's quiet hours hold until another time. */
export const holdUntil = async (db: Db, channelId: number, until: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ held_until: until })
    .where('channel_id', '=', channelId)
    .where('state', '=', 'quiet')
    .execute();
};

/** Has what a channel's quiet hours hold looked at anew: its settings have changed. */
export const recheckHeld = (db: Db, channelId: number): Promise<void> => holdUntil(db, channelId, 0);

/** Owes what was held from now on, for as long as its kind is worth posting after `end`. */
export const releaseHeld = async (db: Db, held: readonly HeldDelivery[], end: number, now: number): Promise<void> => {
  for (const { id, kind } of held)
    await db
      .updateTable('deliveries')
      .set({ state: 'pending', due_at: now, expires_at: end + lifeOf(kind), held_until: null })
      .where('id', '=', id)
      .execute();
};

/** Ends what was held: another card tells of it, a silence holds it back, or its channel is gone. */
export const endHeld = async (
  db: Db,
  ids: readonly number[],
  end: { readonly state: 'summed' | 'muted' | 'gone'; readonly reason?: string; readonly now: number },
): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .updateTable('deliveries')
    .set({ state: end.state, settled_at: end.now, held_until: null, reason: end.reason ?? null })
    .where('id', 'in', ids)
    .execute();
};
