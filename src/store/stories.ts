import type { Story } from '../stories/story.ts';
import type { Db } from './store.ts';

/** Stories by id. */
export const readStories = async (db: Db, ids: readonly number[]): Promise<Map<number, Story>> => {
  const rows = await db.selectFrom('stories').select(['id', 'body']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Story]));
};
