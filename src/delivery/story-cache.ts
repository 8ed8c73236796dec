import type { Db } from '../store/store.ts';
import { readStories } from '../store/stories.ts';
import type { Story } from '../stories/story.ts';
import { createLru } from '../util/lru.ts';

/** One story goes to many channels: it is read once for all of them. */
const KEPT = 128;

/** Reads stories by id; the same id gives the same object for as long as it is remembered. */
export type StoryCache = (db: Db, ids: readonly number[]) => Promise<ReadonlyMap<number, Story>>;

/** A story never changes, so that what was read once stays true. */
export const createStoryCache = (): StoryCache => {
  const known = createLru<number, Story>(KEPT);
  return async (db, ids) => {
    const found = new Map<number, Story>();
    const unknown: number[] = [];
    for (const id of ids) {
      const story = known.get(id);
      if (story) found.set(id, story);
      else unknown.push(id);
    }
    if (unknown.length === 0) return found;
    for (const [id, story] of await readStories(db, unknown)) {
      known.set(id, story);
      found.set(id, story);
    }
    return found;
  };
};
