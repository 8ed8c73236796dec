import type { Story } from '../stories/story.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import type { StoredChannel } from './channels.ts';
import { type FinalTransition, moveThese } from './delivery-transitions.ts';
import type { ActiveMute } from './mutes.ts';
import type { Db } from './store.ts';

/** A channel whose held deliveries are due for a check. */
export type QuietChannel = Pick<StoredChannel, 'id' | 'platform' | 'settings' | 'status' | 'status_reason'>;

/** Channels with deliveries held until `now` or earlier, each once. */
export const channelsToRelease = (db: Db, now: number, limit: number): Promise<QuietChannel[]> =>
  db
    .selectFrom('channels')
    .select(['id', 'platform', 'settings', 'status', 'status_reason'])
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

/** A delivery that quiet hours hold. Times in epoch milliseconds. */
export interface HeldDelivery {
  readonly id: number;
  readonly storyId: number;
  /** `*` if the story is about no symbol in particular. */
  readonly symbol: string;
  readonly kind: Story['kind'];
  readonly heldUntil: number;
  readonly createdAt: number;
}

/** All deliveries that a channel's quiet hours hold, oldest first. */
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

/** Changes the time until which a channel's held deliveries are held. */
export const holdUntil = async (db: Db, channelId: number, until: number): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({ held_until: until })
    .where('channel_id', '=', channelId)
    .where('state', '=', 'quiet')
    .execute();
};

/** Makes a channel's held deliveries due for a check, such as after a change of its settings. */
export const recheckHeld = (db: Db, channelId: number): Promise<void> => holdUntil(db, channelId, 0);

/** Makes held deliveries pending and due now; each expires its kind's lifetime after `end`, if that is not stated. */
export const releaseHeld = async (db: Db, held: readonly HeldDelivery[], end: number, now: number): Promise<void> => {
  for (const { id, kind } of held) {
    const { lifeMs, endsAsStated } = STORY_KINDS[kind];
    await moveThese(db, 'release', [id])
      .set({ due_at: now, ...(!endsAsStated && { expires_at: end + lifeMs }) })
      .execute();
  }
};

/** Ends held deliveries: a summary replaces them, a mute holds them back, or their channel is not in use any more. */
export const endHeld = async (
  db: Db,
  held: readonly HeldDelivery[],
  transition: Extract<FinalTransition, 'summarise' | 'mute' | 'drop'>,
  { now, reason, mute }: { readonly now: number; readonly reason?: string | null; readonly mute?: ActiveMute },
): Promise<void> => {
  if (held.length === 0) return;
  await moveThese(
    db,
    transition,
    held.map(({ id }) => id),
  )
    .set({ settled_at: now, reason: reason ?? null, ...(mute && { muted_until: mute.until, muted_by: mute.symbol }) })
    .execute();
};
