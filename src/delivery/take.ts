import { batchOf, TOGETHER_MS, type Told } from '../outbox/group.ts';
import { lease, leaseEach, type Owed, settle, togetherWith } from '../store/deliveries.ts';
import { inOneCommit } from '../store/in-one-commit.ts';
import type { Db, Store } from '../store/store.ts';
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

interface Times {
  readonly now: number;
  readonly until: number;
}

/** What one channel's first delivery is a card with; `owed` are the deliveries that may be on it, that one first. */
const cardOf = (
  head: Owed,
  owed: readonly Told[],
): { readonly taken: Taken; readonly merged: readonly Told[] } | undefined => {
  const { told, merged } = head.batch === null ? batchOf(owed) : { told: owed, merged: [] };
  const [first, ...others] = told;
  return first && { taken: { batch: head.batch ?? first.id, told: [first, ...others] }, merged };
};

const idsOf = (owed: readonly Owed[]): number[] => owed.map(({ id }) => id);

const takeIn = async (
  db: Db,
  { stories: read, onExpired }: Omit<TakeParts, 'store'>,
  heads: readonly Owed[],
  { now, until }: Times,
): Promise<(Taken | undefined)[]> => {
  const found = await togetherWith(db, heads, TOGETHER_MS);
  const stories = await read(db, [...new Set([...found.values()].flat().map(({ storyId }) => storyId))]);
  const ended: number[] = [];
  const cards = heads.map((head) => {
    const owed = found.get(head.id) ?? [];
    if (owed[0]?.id !== head.id) return undefined;
    if (head.expiresAt <= now) {
      ended.push(...(head.batch === null ? [head.id] : idsOf(owed)));
      return undefined;
    }
    const told = owed.flatMap((it): Told[] => {
      const story = stories.get(it.storyId);
      return story ? [{ ...it, story }] : [];
    });
    return cardOf(head, told);
  });
  const taken = cards.flatMap((card) => card?.taken ?? []);
  const alone = taken.filter(({ told }) => told.length === 1).map(({ told }) => told[0].id);
  await leaseEach(db, alone, until);
  for (const { told, batch } of taken) if (told.length > 1) await lease(db, idsOf(told), batch, until);
  const merged = idsOf(cards.flatMap((card) => card?.merged ?? []));
  await settle(db, merged, { state: 'merged', reason: 'told by a deeper alert of the same symbol', now });
  await settle(db, ended, { state: 'expired', now });
  if (ended.length > 0) onExpired(ended.length);
  return cards.map((card) => card?.taken);
};

/**
 * Leases the batches that the first deliveries of channels belong to, all with one commit. What is in a batch is
 * decided once: later tries are of the same stories. Undefined where it is owed no more, has outlived its use, or
 * another courier was faster.
 */
export const takeAll = (
  { store, ...parts }: TakeParts,
  heads: readonly Owed[],
  times: Times,
): Promise<readonly PromiseSettledResult<Taken | undefined>[]> =>
  inOneCommit(store, heads, (db, some) => takeIn(db, parts, some, times));
