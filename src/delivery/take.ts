import { lease, type Owed, settle, together } from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { batchOf, TOGETHER_MS, type Told } from './batch.ts';
import type { KnownStories } from './known-stories.ts';

/** Deliveries that are one card, in the hands of a courier. */
export interface Taken {
  /** The same on every try: the card's key is made of it. */
  readonly batch: number;
  /** Never empty; oldest first. */
  readonly told: readonly [Told, ...Told[]];
}

export interface TakeParts {
  readonly store: Store;
  readonly stories: KnownStories;
  readonly onExpired: (count: number) => void;
}

/**
 * Leases the batch that a channel's first delivery belongs to. What is in it is decided once: later tries are of the
 * same stories. Undefined where it is owed no more, has outlived its use, or another courier was faster.
 */
export const take = (
  { store, stories: read, onExpired }: TakeParts,
  head: Owed,
  times: { readonly now: number; readonly until: number },
): Promise<Taken | undefined> =>
  store.transaction(async (db) => {
    const owed = await together(db, head, head.createdAt + TOGETHER_MS);
    if (owed[0]?.id !== head.id) return undefined;
    if (head.expiresAt <= times.now) {
      const ended = head.batch === null ? [head] : owed;
      await settle(
        db,
        ended.map(({ id }) => id),
        { state: 'expired', now: times.now },
      );
      onExpired(ended.length);
      return undefined;
    }
    const stories = await read(
      db,
      owed.map(({ storyId }) => storyId),
    );
    const all = owed.flatMap((it): Told[] => {
      const story = stories.get(it.storyId);
      return story ? [{ ...it, story }] : [];
    });
    const { told, merged } = head.batch === null ? batchOf(all) : { told: all, merged: [] };
    const [first, ...others] = told;
    if (first === undefined) return undefined;
    const batch = head.batch ?? first.id;
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
    return { batch, told: [first, ...others] };
  });
