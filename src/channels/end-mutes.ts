import { heldBackOf, heldFalls, heldRises } from '../slides/held-back.ts';
import { noteMutesEnded } from '../store/mute-notes.ts';
import { deleteMutes, handHeldToAll, takeHeldStories } from '../store/mutes.ts';
import { enqueueForChannel } from '../store/outbox.ts';
import { readWithdrawn } from '../store/past-alerts.ts';
import type { Db } from '../store/store.ts';
import type { Mute } from '../stories/channel.ts';
import type { MuteEndStory } from '../stories/channel-stories.ts';
import type { Story } from '../stories/story.ts';

/** What mutes have held back, as one story; undefined for nothing. */
export const muteEndOf = (
  muted: readonly string[],
  stories: readonly Story[],
  at: number,
): MuteEndStory | undefined => {
  if (stories.length === 0) return undefined;
  const counts = [...Map.groupBy(stories, ({ symbol }) => symbol)]
    .map(([symbol, of]) => ({ symbol, count: of.length }))
    .toSorted((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1));
  const held = stories.flatMap(heldBackOf);
  const [deepest = heldRises(held)[0]] = heldFalls(held);
  return { kind: 'mute-end', symbol: '*', muted, counts, ...(deepest && { deepest }), at };
};

interface MutesEnd {
  readonly channelId: number;
  /** Those that end. */
  readonly mutes: readonly Mute[];
  /** Whether all is still muted by another one: that tells of everything at its own end. */
  readonly isAllMuted: boolean;
  readonly now: number;
  /** When their message is posted, epoch milliseconds; absent to say nothing. */
  readonly dueAt?: number;
}

/**
 * Ends mutes of a channel in the caller's transaction: enqueues one message of what they have held back, if that was
 * anything, and lets the cards that name them say that they are over.
 */
export const endMutes = async (db: Db, { channelId, mutes, isAllMuted, now, dueAt }: MutesEnd): Promise<void> => {
  if (mutes.length === 0) return;
  const symbols = mutes.map(({ symbol }) => symbol);
  await noteMutesEnded(db, channelId, mutes, now);
  if (isAllMuted) await handHeldToAll(db, channelId, mutes);
  else {
    const stories = await takeHeldStories(db, channelId, symbols);
    const isWithdrawn = await readWithdrawn(db);
    const story = muteEndOf(
      symbols,
      stories.filter((it) => !isWithdrawn(it)),
      now,
    );
    if (story && dueAt !== undefined) await enqueueForChannel(db, channelId, story, { now, dueAt });
  }
  await deleteMutes(db, channelId, symbols);
};
