import type { SessionDate } from '../market/calendar.ts';
import { type DeliveryWithStory, groupDeliveries } from '../outbox/group.ts';
import { expireTogether, finish, lease, type PendingDelivery, readGroupCandidates } from '../store/deliveries.ts';
import { type SlideMessage, slidesPostedIn } from '../store/edits.ts';
import { groupCommit } from '../store/group-commit.ts';
import { shutChannels, windowFromStore } from '../store/slide-windows.ts';
import type { Db, Store } from '../store/store.ts';
import { LONGEST_GATHER_MS } from '../stories/slide-window.ts';
import type { StoryCache } from './story-cache.ts';

/** Leased deliveries that are one card. */
export interface Claim {
  /** The same on every attempt; the card's key contains it. */
  readonly batch: number;
  /** Oldest first; their `attempts` count this one. */
  readonly deliveries: readonly [DeliveryWithStory, ...DeliveryWithStory[]];
  /** The channel's first message about the symbol's slide in this session, if the card goes on from one. */
  readonly earlier?: SlideMessage;
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

/** What is to be one card. */
interface PlannedCard {
  readonly batch: number;
  readonly deliveries: readonly [DeliveryWithStory, ...DeliveryWithStory[]];
  /** Deliveries that those of the same symbol on the card replace. */
  readonly merged: readonly DeliveryWithStory[];
}

/** The card of a channel's first delivery. `candidates` begin with the head. */
const planCard = (
  head: PendingDelivery,
  candidates: readonly DeliveryWithStory[],
  now: number,
): PlannedCard | undefined => {
  const isGathered = head.createdAt < head.shutUntil && head.shutUntil <= now;
  const { deliveries, merged } =
    head.batch === null ? groupDeliveries(candidates, isGathered) : { deliveries: candidates, merged: [] };
  const [first, ...others] = deliveries;
  return first && { batch: head.batch ?? first.id, deliveries: [first, ...others], merged };
};

/**
 * Leases planned cards. A card whose first delivery is taken is undefined; of its other deliveries, those that are taken
 * are left out.
 */
const leaseCards = async (
  db: Db,
  planned: readonly (PlannedCard | undefined)[],
  until: number,
): Promise<(Claim | undefined)[]> => {
  const firsts = planned.flatMap((card) => card?.deliveries[0] ?? []);
  const leased = await lease(db, firsts, { until });
  const claims: (Claim | undefined)[] = [];
  for (const card of planned) {
    const [first, ...others] = card?.deliveries ?? [];
    if (!card || !first || !leased.has(first.id)) {
      claims.push(undefined);
      continue;
    }
    const { batch } = card;
    const also = await lease(db, others, { until, batch });
    const joined = others.filter(({ id }) => also.has(id));
    if (joined.length > 0) await expireTogether(db, [first, ...joined]);
    const attempted = (it: DeliveryWithStory): DeliveryWithStory => ({ ...it, attempts: it.attempts + 1 });
    claims.push({ batch, deliveries: [attempted(first), ...joined.map(attempted)] });
  }
  return claims;
};

/** What claimed cards replace: only what is really on a card replaces others of its symbol. */
const replacedBy = (
  planned: readonly (PlannedCard | undefined)[],
  claims: readonly (Claim | undefined)[],
): DeliveryWithStory[] =>
  planned.flatMap((card, index) => {
    const shown = new Set(claims[index]?.deliveries.map(({ symbol }) => symbol));
    return card?.merged.filter(({ symbol }) => shown.has(symbol)) ?? [];
  });

/** The session of a card that shows one slide; undefined for any other. */
const sessionOf = ({ deliveries: [{ story }, ...others] }: Claim): SessionDate | undefined =>
  story.kind === 'slide' && others.length === 0 ? story.session : undefined;

/** Whether a channel has had slides on a day or later; epoch milliseconds. */
const hadSlides = ({ slideWindow }: PendingDelivery, since: number): boolean =>
  slideWindow !== null && windowFromStore(slideWindow).taken.some((at) => at >= since);

/** Adds to each card of one slide the message that it goes on from. */
const withEarlier = async (db: Db, claims: readonly (Claim | undefined)[]): Promise<(Claim | undefined)[]> => {
  const going = claims.flatMap((claim) => {
    const session = claim && sessionOf(claim);
    if (!claim || session === undefined) return [];
    const [delivery] = claim.deliveries;
    const since = Date.parse(session);
    return hadSlides(delivery, since) ? [{ channelId: delivery.channelId, since }] : [];
  });
  if (going.length === 0) return [...claims];
  const posted = await slidesPostedIn(
    db,
    going.map(({ channelId }) => channelId),
    Math.min(...going.map(({ since }) => since)),
  );
  return claims.map((claim) => {
    const session = claim && sessionOf(claim);
    const [delivery] = claim?.deliveries ?? [];
    const earlier = posted.find(
      ({ channelId, story }) =>
        channelId === delivery?.channelId && story.symbol === delivery.symbol && story.session === session,
    );
    return claim && earlier ? { ...claim, earlier } : claim;
  });
};

const claimIn = async (
  db: Db,
  { stories: readStoriesCached, onExpired }: Omit<ClaimParts, 'store'>,
  heads: readonly PendingDelivery[],
  { now, until }: LeaseTimes,
): Promise<(Claim | undefined)[]> => {
  const candidatesOf = await readGroupCandidates(db, heads, LONGEST_GATHER_MS);
  const storyIds = new Set([...candidatesOf.values()].flat().map(({ storyId }) => storyId));
  const stories = await readStoriesCached(db, [...storyIds]);
  const expired: PendingDelivery[] = [];
  const planned = heads.map((head) => {
    const candidates = candidatesOf.get(head.id) ?? [];
    if (candidates[0]?.id !== head.id) return undefined;
    if (head.expiresAt <= now) {
      expired.push(...(head.batch === null ? [head] : candidates));
      return undefined;
    }
    const withStories = candidates.flatMap((it): DeliveryWithStory[] => {
      const story = stories.get(it.storyId);
      return story ? [{ ...it, story }] : [];
    });
    return planCard(head, withStories, now);
  });
  const claims = await leaseCards(db, planned, until);
  const merged = replacedBy(planned, claims);
  await finish(db, merged, 'merge', { reason: 'covered by a deeper alert for the same symbol', now });
  const count = await finish(db, expired, 'expire', { now });
  if (count > 0) onExpired(count);
  const isFirstTry = heads.map(({ batch }) => batch === null);
  const taken = claims.flatMap((claim, index) => (claim && isFirstTry[index] ? claim.deliveries[0] : []));
  await shutChannels(
    db,
    taken.filter(({ storyKind }) => storyKind === 'slide'),
    now,
  );
  return withEarlier(db, claims);
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
