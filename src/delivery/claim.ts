import { type DeliveryWithStory, groupDeliveries } from '../outbox/group.ts';
import { finish, lease, leaseEach, type PendingDelivery, readGroupCandidates } from '../store/deliveries.ts';
import { groupCommit } from '../store/group-commit.ts';
import { ROLLUP_WINDOW_MS } from '../store/outbox.ts';
import type { Db, Store } from '../store/store.ts';
import type { StoryCache } from './story-cache.ts';

/** Leased deliveries that are one card. */
export interface Claim {
  /** The same on every attempt; the card's key contains it. */
  readonly batch: number;
  /** Oldest first. */
  readonly deliveries: readonly [DeliveryWithStory, ...DeliveryWithStory[]];
}

interface ClaimParts {
  readonly store: Store;
  readonly stories: StoryCache;
  readonly onExpired: (count: number) => void;
}

/** Epoch milliseconds. */
interface LeaseTimes {
  readonly now: number;
  /** End of the lease. */
  readonly until: number;
}

/** The card of a channel's first delivery, and the deliveries that it replaces. `candidates` begin with the head. */
const claimOf = (
  head: PendingDelivery,
  candidates: readonly DeliveryWithStory[],
): { readonly claim: Claim; readonly merged: readonly DeliveryWithStory[] } | undefined => {
  const { deliveries, merged } =
    head.batch === null ? groupDeliveries(candidates) : { deliveries: candidates, merged: [] };
  const [first, ...others] = deliveries;
  return first && { claim: { batch: head.batch ?? first.id, deliveries: [first, ...others] }, merged };
};

const idsOf = (deliveries: readonly PendingDelivery[]): number[] => deliveries.map(({ id }) => id);

const claimIn = async (
  db: Db,
  { stories: readStoriesCached, onExpired }: Omit<ClaimParts, 'store'>,
  heads: readonly PendingDelivery[],
  { now, until }: LeaseTimes,
): Promise<(Claim | undefined)[]> => {
  const candidatesOf = await readGroupCandidates(db, heads, ROLLUP_WINDOW_MS);
  const storyIds = new Set([...candidatesOf.values()].flat().map(({ storyId }) => storyId));
  const stories = await readStoriesCached(db, [...storyIds]);
  const expired: number[] = [];
  const cards = heads.map((head) => {
    const candidates = candidatesOf.get(head.id) ?? [];
    if (candidates[0]?.id !== head.id) return undefined;
    if (head.expiresAt <= now) {
      expired.push(...(head.batch === null ? [head.id] : idsOf(candidates)));
      return undefined;
    }
    const withStories = candidates.flatMap((it): DeliveryWithStory[] => {
      const story = stories.get(it.storyId);
      return story ? [{ ...it, story }] : [];
    });
    return claimOf(head, withStories);
  });
  const claims = cards.flatMap((card) => card?.claim ?? []);
  const single = claims.filter(({ deliveries }) => deliveries.length === 1).map(({ deliveries }) => deliveries[0].id);
  await leaseEach(db, single, until);
  for (const { deliveries, batch } of claims)
    if (deliveries.length > 1) await lease(db, idsOf(deliveries), batch, until);
  const merged = idsOf(cards.flatMap((card) => card?.merged ?? []));
  await finish(db, merged, { state: 'merged', reason: 'covered by a deeper alert for the same symbol', now });
  await finish(db, expired, { state: 'expired', now });
  if (expired.length > 0) onExpired(expired.length);
  return cards.map((card) => card?.claim);
};

/**
 * Leases the cards that the first deliveries of channels belong to, all in one commit. The parts of a card are fixed by
 * its first lease: later attempts post the same stories. Undefined if a head is no longer open, has expired, or was
 * leased by another courier first.
 */
export const claimBatches = (
  { store, ...parts }: ClaimParts,
  heads: readonly PendingDelivery[],
  times: LeaseTimes,
): Promise<readonly PromiseSettledResult<Claim | undefined>[]> =>
  groupCommit(store, heads, (db, chunk) => claimIn(db, parts, chunk, times));
