import { setImmediate as turn } from 'node:timers/promises';
import type { Platform } from '../chat/platform.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { StoredChannel } from '../store/channels.ts';
import type { PendingDelivery } from '../store/deliveries.ts';
import { anythingDue, peekQueue, type QueuePeek } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { dueUnconfirmed, type WhenUnsure } from '../store/unconfirmed.ts';
import { waitAtMost } from '../util/with-timeout.ts';
import { type Claim, claimBatches } from './claim.ts';
import { createPlatformBreaker } from './platform-breaker.ts';
import { type AttemptResult, createPost, type PostParts } from './post.ts';
import { createReaper } from './reaper.ts';
import { createRecordAttempt } from './record-attempt.ts';
import { createStoryCache } from './story-cache.ts';
import { createTellPerson } from './tell-person.ts';

/** Cards in flight on one platform at a time. */
const MAX_IN_FLIGHT = 32;
/** Channels looked up at a time, and milliseconds for which what was seen then counts: what is newer may go first. */
const PEEK_LIMIT = 40;
const PEEK_LIFE_MS = 250;
/** Milliseconds after which one looks what has become due, though nothing in flight has ended. */
const WAKE_INTERVAL_MS = 500;
/** Milliseconds of a lease beyond the patience: time to write down what a try came to. */
const LEASE_MARGIN_MS = 15_000;

export interface DeliveryLoopParts extends PostParts {
  readonly store: Store;
  /** The courier's own clock: what it is when an answer comes back. */
  readonly clock: () => number;
  readonly random: () => number;
  /** IANA name of the zone of channels that name none; New York's unless told. */
  readonly timeZone?: string;
  /** The words for a channel's person; without them nobody is told. */
  readonly catalogue?: Catalogue;
  readonly whenUnsure: WhenUnsure;
  /** Hears of a channel that was retired because it is gone, as it was before. */
  readonly onGone?: (before: StoredChannel) => Promise<void>;
  readonly onOutcome?: (platform: string, outcome: AttemptResult['kind'] | 'expired', count: number) => void;
}

export interface DeliveryLoop {
  /** Tries all that is due; resolves when nothing due is left. @throws StoreError when all in flight has ended. */
  run(now: number): Promise<void>;
  /** Why the platform takes nothing any more. */
  down(): string | undefined;
  /** Begins nothing new. */
  stop(): void;
}

/** Tries of one platform's deliveries: many at a time, of each channel one, and none waits for the slowest. */
export const createDeliveryLoop = (parts: DeliveryLoopParts, platform: Platform): DeliveryLoop => {
  const { store, log, clock, random, patienceMs, catalogue, whenUnsure, onGone, timeZone } = parts;
  const { name } = platform;
  const leaseMs = patienceMs + LEASE_MARGIN_MS;
  const post = createPost(parts, platform);
  const trouble = createPlatformBreaker(random);
  const onExpired = (count: number): void => parts.onOutcome?.('any', 'expired', count);
  const taking = { store, stories: createStoryCache(), onExpired };
  const tell = catalogue && createTellPerson({ catalogue, platform, log });
  const conclude = createRecordAttempt({
    store,
    log,
    random,
    underWay: () => inFlight.size,
    ...(tell && { tell }),
    ...(onGone && { onGone }),
    ...(timeZone !== undefined && { timeZone }),
  });
  const tidy = createReaper({
    store,
    platform: name,
    log,
    leaseMs,
    whenUnsure,
    onExpired,
  });
  /** By channel. */
  const inFlight = new Map<number, Promise<void>>();
  let downBecause: string | undefined;
  let stopping = false;
  let fault: { readonly reason: unknown } | undefined;

  const note = (outcome: AttemptResult, now: number): void => {
    parts.onOutcome?.(name, outcome.kind, 1);
    if (outcome.kind === 'unmade') return;
    const heldUntil = trouble.record(outcome, now);
    if (heldUntil !== undefined)
      log.warn({ platform: name, waitMs: Math.round(heldUntil - now) }, 'platform gives no answers, waiting');
    if (outcome.kind === 'down' && downBecause === undefined) {
      downBecause = `${outcome.reason} ${outcome.remedy}`;
      log.error({ platform: name, reason: downBecause }, 'platform takes nothing any more');
    }
  };

  const deliver = async (taken: Claim, at: number): Promise<void> => {
    const outcome = await post.try(taken);
    const now = Math.max(at, clock());
    note(outcome, now);
    await conclude({ outcome, deliveries: taken.deliveries, begun: at, now });
  };

  /** Leases the cards of channels with one commit, and tries each. */
  const start = (heads: readonly PendingDelivery[], at: number): void => {
    const taken = claimBatches(taking, heads, { now: at, until: at + leaseMs });
    for (const [place, { channelId }] of heads.entries()) {
      const delivery = taken
        .then((all) => {
          const mine = all[place];
          if (mine?.status === 'rejected') throw mine.reason;
          return mine?.value && deliver(mine.value, at);
        })
        .catch((reason: unknown) => {
          fault ??= { reason };
        })
        .finally(() => inFlight.delete(channelId));
      inFlight.set(channelId, delivery);
    }
  };

  const look = async (now: number): Promise<QueuePeek> => {
    if (!(await anythingDue(store.db, name, now))) return { heads: [], more: false };
    return store.transaction(async (db) => {
      const asked = { platform: name, now, limit: PEEK_LIMIT, busy: [...inFlight.keys()] };
      const seen = await peekQueue(db, asked);
      if (seen.heads.length === PEEK_LIMIT) return seen;
      const busy = [...asked.busy, ...seen.heads.map(({ channelId }) => channelId)];
      const unsure = await dueUnconfirmed(db, { ...asked, busy, limit: PEEK_LIMIT - seen.heads.length });
      return { ...seen, heads: [...seen.heads, ...unsure] };
    });
  };

  const mayBegin = (now: number): boolean =>
    !stopping && fault === undefined && downBecause === undefined && !trouble.isHeld(now);

  const deliverAll = async (now: number): Promise<void> => {
    let seen: { readonly at: number; readonly more: boolean; left: PendingDelivery[] } = {
      at: 0,
      more: true,
      left: [],
    };
    for (;;) {
      const at = Math.max(now, clock());
      await tidy(at);
      const abreast = trouble.isProbing() ? 1 : MAX_IN_FLIGHT;
      if (mayBegin(at) && inFlight.size < abreast) {
        if (seen.left.length === 0 || at < seen.at || at >= seen.at + PEEK_LIFE_MS) {
          const { heads, more } = await look(at);
          seen = { at, more, left: [...heads] };
        }
        const room = abreast - inFlight.size;
        const heads = seen.left.splice(0, room).filter(({ channelId }) => !inFlight.has(channelId));
        if (heads.length > 0) start(heads, at);
        if (inFlight.size < abreast && seen.left.length === 0 && seen.more) {
          await turn();
          continue;
        }
      }
      if (inFlight.size === 0) return;
      await waitAtMost(Promise.race(inFlight.values()), WAKE_INTERVAL_MS);
    }
  };

  return {
    run: async (now) => {
      fault = undefined;
      await deliverAll(now);
      if (fault) throw (fault as { readonly reason: unknown }).reason;
    },
    down: () => downBecause,
    stop: () => {
      stopping = true;
    },
  };
};
