import type { Story } from '../stories/story.ts';
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

/** The last `limit` cards sent on a platform, newest first; with `id` only that one. */
export const readPosted = async (db: Db, platform: string, limit: number, id?: number): Promise<PostedBatch[]> => {
  const batches = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .select(({ fn }) => ['d.batch', 'c.language', fn.max('d.settled_at').as('postedAt')])
    .where('d.platform', '=', platform)
    .where('d.state', '=', 'sent')
    .where('d.batch', id === undefined ? 'is not' : '=', id ?? null)
    .groupBy(['d.batch', 'c.language'])
    .orderBy('d.batch', 'desc')
    .limit(limit)
    .execute();
  const posted: PostedBatch[] = [];
  for (const { batch, language, postedAt } of batches) {
    if (batch === null) continue;
    const stories = await db
      .selectFrom('deliveries as d')
      .innerJoin('stories as s', 's.id', 'd.story_id')
      .select(['s.id', 's.body'])
      .where('d.platform', '=', platform)
      .where('d.batch', '=', batch)
      .where('d.state', '=', 'sent')
      .orderBy('d.id')
      .execute();
    const places = await db
      .selectFrom((from) =>
        from
          .selectFrom('deliveries')
          .select(['platform', 'state', 'reason'])
          .where(
            'story_id',
            'in',
            stories.map((it) => it.id),
          )
          .orderBy('story_id')
          .orderBy('channel_id')
          .limit(MAX_POSTED_CHANNELS)
          .as('first'),
      )
      .select(['platform', 'state', 'reason'])
      .distinct()
      .execute();
    posted.push({
      id: batch,
      stories: stories.map(({ body }) => JSON.parse(body) as Story),
      language,
      postedAt: Number(postedAt),
      places: places.map(({ reason, ...place }) => ({ ...place, ...(reason !== null && { reason }) })),
    });
  }
  return posted;
};
