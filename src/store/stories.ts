import type { SlideStory } from '../slides/story.ts';
import type { Db } from './store.ts';

/** Stories by id, in the order of the ids given. */
export const readStories = async (db: Db, ids: readonly number[]): Promise<SlideStory[]> => {
  const rows = await db.selectFrom('stories').select(['id', 'body']).where('id', 'in', ids).execute();
  const byId = new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as SlideStory]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};
