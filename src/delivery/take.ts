import { lease, type Owed, settle, together } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { readStories } from '../store/stories.ts';
import { batchOf, TOGETHER_MS, type Told } from './batch.ts';

/** Deliveries that are one card, in the hands of a courier. */
export interface Taken {
  /** The same on every try: the card's key is made of it. */
  readonly batch: number;
  /** Never empty; oldest first. */
  readonly told: readonly Told[];
}

/**
 * Leases the batch that a channel's first delivery belongs to. What is in it is decided once: later tries are of the
 * same stories. Undefined where another courier was faster.
 */
export const take = (
  store: Store,
  head: Owed,
  times: { readonly now: number; readonly until: number },
): Promise<Taken | undefined> =>
  store.transaction(async (db) => {
    const owed = await together(db, head, head.createdAt + TOGETHER_MS);
    const stories = await readStories(
      db,
      owed.map(({ storyId }) => storyId),
    );
    const all = owed.flatMap((it): Told[] => {
      const story = stories.get(it.storyId);
      return story ? [{ ...it, story }] : [];
    });
    const { told, merged } = head.batch === null ? batchOf(all) : { told: all, merged: [] };
    const batch = head.batch ?? told[0]?.id;
    if (batch === undefined) return undefined;
    await lease(
      db,
      told.map(({ id }) => id),
      batch,
      times.until,
    );
    const reason = 'told by a deeper alert of the same symbol';
    await settle(
      db,
      merged.map(({ id }) => id),
      { state: 'merged', reason, now: times.now },
    );
    return { batch, told };
  });
