import type { Story } from '../stories/story.ts';
import type { Db } from './store.ts';

/** Writes a story; returns its id. */
export const writeStory = async (db: Db, story: Story, now: number): Promise<number> => {
  const { id } = await db
    .insertInto('stories')
    .values({ kind: story.kind, symbol: story.symbol, body: JSON.stringify(story), created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Stories by id; an unknown id is absent. */
export const readStories = async (db: Db, ids: readonly number[]): Promise<Map<number, Story>> => {
  const rows = await db.selectFrom('stories').select(['id', 'body']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Story]));
};
