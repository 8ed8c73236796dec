import { type DeliveryWithStory, groupDeliveries, TOGETHER_MS } from '../outbox/group.ts';
import { finish, lease, leaseEach, type PendingDelivery, readGroupCandidates } from '../store/deliveries.ts';
import { groupCommit } from '../store/group-commit.ts';
import type { Db, Store } from '../store/store.ts';
import type { StoryCache } from './story-cache.ts';

/** Deliveries that are one card, in the hands of a courier. */
export interface Claim {
  /** The same on every try: the card's key is made of it. */
  readonly batch: number;
  /** Never empty; oldest first. */
  readonly deliveries: readonly [DeliveryWithStory, ...DeliveryWithStory[]];
}

export interface ClaimParts {
  readonly store: Store;
  readonly stories: StoryCache;
  readonly onExpired: (count: number) => void;
}

interface Times {
  readonly now: number;
  readonly until: number;
}

/** What one channel's first delivery is a card with; `owed` are the deliveries that may be on it, that one first. */
const cardOf = (
  head: PendingDelivery,
  owed: readonly DeliveryWithStory[],
): { readonly taken: Claim; readonly merged: readonly DeliveryWithStory[] } | undefined => {
  const { deliveries, merged } = head.batch === null ? groupDeliveries(owed) : { deliveries: owed, merged: [] };
  const [first, ...others] = deliveries;
  return first && { taken: { batch: head.batch ?? first.id, deliveries: [first, ...others] }, merged };
};

const idsOf = (owed: readonly PendingDelivery[]): number[] => owed.map(({ id }) => id);

const claimIn = async (
  db: Db,
  { stories: read, onExpired }: Omit<ClaimParts, 'store'>,
  heads: readonly PendingDelivery[],
  { now, until }: Times,
): Promise<(Claim | undefined)[]> => {
  const found = await readGroupCandidates(db, heads, TOGETHER_MS);
  const stories = await read(db, [...new Set([...found.values()].flat().map(({ storyId }) => storyId))]);
  const ended: number[] = [];
  const cards = heads.map((head) => {
    const owed = found.get(head.id) ?? [];
    if (owed[0]?.id !== head.id) return undefined;
    if (head.expiresAt <= now) {
      ended.push(...(head.batch === null ? [head.id] : idsOf(owed)));
      return undefined;
    }
    const told = owed.flatMap((it): DeliveryWithStory[] => {
      const story = stories.get(it.storyId);
      return story ? [{ ...it, story }] : [];
    });
    return cardOf(head, told);
  });
  const taken = cards.flatMap((card) => card?.taken ?? []);
  const alone = taken.filter(({ deliveries }) => deliveries.length === 1).map(({ deliveries }) => deliveries[0].id);
  await leaseEach(db, alone, until);
  for (const { deliveries, batch } of taken)
    if (deliveries.length > 1) await lease(db, idsOf(deliveries), batch, until);
  const merged = idsOf(cards.flatMap((card) => card?.merged ?? []));
  await finish(db, merged, { state: 'merged', reason: 'told by a deeper alert of the same symbol', now });
  await finish(db, ended, { state: 'expired', now });
  if (ended.length > 0) onExpired(ended.length);
  return cards.map((card) => card?.taken);
};

/**
 * Leases the batches that the first deliveries of channels belong to, all with one commit. What is in a batch is
 * decided once: later tries are of the same stories. Undefined where it is owed no more, has outlived its use, or
 * another courier was faster.
 */
export const claimBatches = (
  { store, ...parts }: ClaimParts,
  heads: readonly PendingDelivery[],
  times: Times,
): Promise<readonly PromiseSettledResult<Claim | undefined>[]> =>
  groupCommit(store, heads, (db, some) => claimIn(db, parts, some, times));
