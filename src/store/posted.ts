import type { Story } from '../stories/story.ts';
import { listCards, readCard } from './card-list.ts';
import type { Db } from './store.ts';

/** A posted card: its stories, and where it went. */
export interface PostedBatch {
  /** The first delivery's id. */
  readonly id: number;
  readonly stories: readonly Story[];
  readonly language: string;
  readonly postedAt: number;
  /** Its platforms and final states, each combination once. Of very many channels only the first are read. */
  readonly places: readonly { readonly platform: string; readonly state: string; readonly reason?: string }[];
}

/** Deliveries read for `places`: an alert may go to very many channels. */
const MAX_POSTED_CHANNELS = 500;

/** Platforms and final states of the deliveries of these stories, each combination once. */
const placesOf = async (db: Db, stories: readonly number[]): Promise<PostedBatch['places']> => {
  const places = await db
    .selectFrom((from) =>
      from
        .selectFrom('deliveries')
        .select(['platform', 'state', 'reason'])
        .where('story_id', 'in', stories)
        .orderBy('story_id')
        .orderBy('channel_id')
        .limit(MAX_POSTED_CHANNELS)
        .as('first'),
    )
    .select(['platform', 'state', 'reason'])
    .distinct()
    .execute();
  return places.map(({ reason, ...place }) => ({ ...place, ...(reason !== null && { reason }) }));
};

/** The last `limit` cards sent on a platform, newest first; with `id` only that one. */
export const readPosted = async (db: Db, platform: string, limit: number, id?: number): Promise<PostedBatch[]> => {
  const one = id === undefined ? undefined : await readCard(db, id);
  const cards = id === undefined ? await listCards(db, platform, { limit }) : one ? [one] : [];
  const posted: PostedBatch[] = [];
  for (const card of cards) {
    if (card.platform !== platform || card.state !== 'sent' || (id !== undefined && card.id !== id)) continue;
    const { stories, language, at: postedAt, storyIds } = card;
    posted.push({ id: card.id, stories, language, postedAt, places: await placesOf(db, storyIds) });
  }
  return posted;
};
