import type { Card } from '../cards/card.ts';
import type { Outcome, Platform } from '../chat/platform.ts';
import type { Logger } from '../log.ts';
import type { SlideStory } from '../slides/story.ts';
import { retireChannel } from '../store/channels.ts';
import {
  abandon,
  dueHeads,
  expire,
  lease,
  type Owed,
  postpone,
  reclaim,
  settle,
  together,
} from '../store/deliveries.ts';
import type { Store } from '../store/store.ts';
import { readStories } from '../store/stories.ts';
import { backoff } from './backoff.ts';
import { type Batch, batchOf, TOGETHER_MS } from './batch.ts';

/** A platform call that has not answered by then is taken for lost. */
const LEASE_MS = 90_000;
/** Cards in flight on one platform at a time. */
const ABREAST = 8;

export interface Composed {
  readonly card: Card;
  readonly png?: Uint8Array;
}

export interface CourierParts {
  readonly store: Store;
  readonly platforms: readonly Platform[];
  /** Tells this database's messages from another's. */
  readonly instance: string;
  /** Builds the card and draws its picture. */
  readonly compose: (stories: readonly SlideStory[], language: string) => Promise<Composed>;
  /** The courier's own clock: what it is when an answer comes back. */
  readonly clock: () => number;
  readonly random?: () => number;
  readonly log: Logger;
  readonly onOutcome?: (platform: string, outcome: Outcome['kind'] | 'expired', count: number) => void;
}

export interface Courier {
  /** Delivers all that is due at `now`, on every platform at once; resolves when nothing due is left to try. */
  run(now: number): Promise<void>;
  /** Why a platform takes nothing any more, by name. */
  down(): ReadonlyMap<string, string>;
  /** Lets what is in flight end, and takes nothing new. */
  stop(): Promise<void>;
}

/**
 * Carries what is owed to the channels. A delivery is leased before it is tried and settled after, so a crash at any
 * point leaves it owed; each card has one key for all its tries, by which a platform knows a message it has already.
 */
export const createCourier = (parts: CourierParts): Courier => {
  const { store, platforms, log, clock, random = Math.random } = parts;
  const down = new Map<string, string>();
  let stopping = false;
  let running: Promise<void> = Promise.resolve();

  /** Takes the next batch of a channel, decided once: its tries are all of the same stories. */
  const take = (head: Owed, now: number): Promise<Batch> =>
    store.transaction(async (db) => {
      const owed = await together(db, head, head.createdAt + TOGETHER_MS);
      const batch = head.batch === null ? batchOf(owed) : { told: owed, merged: [] };
      const ids = batch.told.map(({ id }) => id);
      await lease(db, ids, ids[0] ?? head.id, now + LEASE_MS);
      const merged = batch.merged.map(({ id }) => id);
      await settle(db, merged, { state: 'merged', reason: 'told by a deeper alert', now });
      return batch;
    });

  const conclude = async (outcome: Outcome, { told }: Batch, now: number): Promise<void> => {
    const [head] = told;
    if (!head) return;
    const ids = told.map(({ id }) => id);
    const fields = { platform: head.platform, channel: head.address, delivery: head.id, outcome: outcome.kind };
    switch (outcome.kind) {
      case 'sent':
        await settle(store.db, ids, { state: 'sent', messageId: outcome.messageId, now });
        log.info({ ...fields, duplicate: outcome.duplicate ?? false }, 'card delivered');
        return;
      case 'gone':
        await store.transaction(async (db) => {
          await retireChannel(db, head.channelId, outcome.reason);
          await abandon(db, head.channelId, outcome.reason, now);
        });
        log.error({ ...fields, reason: outcome.reason }, 'channel is gone and was retired');
        return;
      case 'rejected':
        await settle(store.db, ids, { state: 'failed', reason: outcome.reason, now });
        log.error({ ...fields, reason: outcome.reason }, 'card was refused for good');
        return;
      case 'later':
      case 'unknown':
      case 'forbidden':
      case 'down': {
        const asked = 'afterMs' in outcome ? (outcome.afterMs ?? 0) : 0;
        const wait = Math.max(asked, backoff(head.attempts + 1, random));
        const maybePosted = outcome.kind === 'unknown';
        await postpone(store.db, ids, { dueAt: now + wait, reason: outcome.reason, maybePosted });
        const remedy = 'remedy' in outcome ? { remedy: outcome.remedy } : {};
        log.warn({ ...fields, ...remedy, reason: outcome.reason, waitMs: Math.round(wait) }, 'card not delivered yet');
        if (outcome.kind === 'down') down.set(head.platform, `${outcome.reason}. ${outcome.remedy}`);
        return;
      }
    }
  };

  const deliver = async (platform: Platform, head: Owed, now: number): Promise<void> => {
    const batch = await take(head, now);
    const stories = await readStories(
      store.db,
      batch.told.map(({ storyId }) => storyId),
    );
    const { card, png } = await parts.compose(stories, head.language);
    const first = batch.told[0] ?? head;
    const outcome = await platform.post({
      channelId: head.address,
      card,
      ...(png && { png }),
      key: `sw-${parts.instance}-${first.id.toString(36)}`,
      maybePosted: batch.told.some(({ maybePosted }) => maybePosted),
    });
    await conclude(outcome, batch, clock());
    parts.onOutcome?.(platform.name, outcome.kind, 1);
  };

  const serve = async (platform: Platform, now: number): Promise<void> => {
    while (!stopping && !down.has(platform.name)) {
      const heads = await dueHeads(store.db, platform.name, now, ABREAST);
      if (heads.length === 0) return;
      await Promise.all(heads.map((head) => deliver(platform, head, now)));
    }
  };

  const round = async (now: number): Promise<void> => {
    await reclaim(store.db, now);
    const expired = await expire(store.db, now);
    if (expired > 0) {
      log.warn({ expired }, 'deliveries expired');
      parts.onOutcome?.('any', 'expired', expired);
    }
    await Promise.all(platforms.map((platform) => serve(platform, now)));
  };

  return {
    run: (now) => {
      if (stopping) return running;
      const after = running.then(() => round(now));
      running = after.catch(() => undefined);
      return after;
    },
    down: () => down,
    stop: async () => {
      stopping = true;
      await running;
    },
  };
};
