import type { Db } from '../store/store.ts';
import { readStories } from '../store/stories.ts';
import type { Story } from '../stories/story.ts';
import { createLru } from '../util/lru.ts';

/** A story goes to many channels, and is read once for all of them. */
const STORY_CACHE_SIZE = 128;

/** Reads stories by id; an id gives the same object for as long as it is cached. */
export type StoryCache = (db: Db, ids: readonly number[]) => Promise<ReadonlyMap<number, Story>>;

/** Creates a cache without invalidation: a written story never changes. */
export const createStoryCache = (): StoryCache => {
  const cache = createLru<number, Story>(STORY_CACHE_SIZE);
  return async (db, ids) => {
    const found = new Map<number, Story>();
    const missing: number[] = [];
    for (const id of ids) {
      const story = cache.get(id);
      if (story) found.set(id, story);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const [id, story] of await readStories(db, missing)) {
      cache.set(id, story);
      found.set(id, story);
    }
    return found;
  };
};
