import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Presence } from '../channels/presence.ts';
import type { Outcome, Platform } from '../chat/platform.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { StoredChannel } from '../store/channels.ts';
import type { PendingDelivery } from '../store/deliveries.ts';
import { anythingDue } from '../store/looks.ts';
import { peekQueue, type QueuePeek } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { dueUnconfirmed, type WhenUnsure } from '../store/unconfirmed.ts';
import type { OptionalPart } from '../stories/lacks.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { waitAtMost } from '../util/promises.ts';
import { type Claim, claimBatches } from './claim.ts';
import { createNotifyPerson } from './notify-person.ts';
import { type Closure, createPlatformBreaker, type PlatformBreaker } from './platform-breaker.ts';
import { type AttemptResult, cardKey, createPost, isNotPosted, type PostParts, partsLeftOut } from './post.ts';
import { createReaper } from './reaper.ts';
import { createRecordAttempt } from './record-attempt.ts';
import { createStoryCache } from './story-cache.ts';
import type { TestReports } from './test-reports.ts';

/** Cards in flight on one platform at a time. */
const MAX_IN_FLIGHT = 32;
/** Channels read by one peek at the queue. */
const PEEK_LIMIT = 40;
/** A peek is used for this long: then newer deliveries may come first. */
const PEEK_MAX_AGE_MS = 250;
/** Poll of the queue while cards are in flight. */
const WAKE_INTERVAL_MS = 500;
/** A credential that has been refused for so long is said once more, as an error. */
const CREDENTIAL_ERROR_MS = 10 * MINUTE_MS;
/** Part of a lease after the reply timeout: time to record the attempt. */
export const LEASE_MARGIN_MS = 15_000;

/** A platform call without a reply by then counts as lost. */
export const REPLY_TIMEOUT_MS = 75_000;
/** The length of a lease, unless the courier waits for replies for another time. */
export const LEASE_MS = REPLY_TIMEOUT_MS + LEASE_MARGIN_MS;

export interface DeliveryLoopParts extends PostParts {
  readonly store: Store;
  /** Current time, epoch milliseconds: read when a reply comes. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** IANA name; for channels without their own. Default: New York. */
  readonly timeZone?: string;
  /** Texts of direct messages; without it nobody is notified. */
  readonly catalogue?: Catalogue;
  readonly whenUnsure: WhenUnsure;
  /** Without it nobody is told what came of a test card. */
  readonly testReports?: Pick<TestReports, 'report'>;
  /** Signs that the bot may post in a place. */
  readonly presence?: Presence;
  /** Called after a channel was taken out of use as gone, with its row from before. */
  readonly onGone?: (before: StoredChannel) => Promise<void>;
  /** How long the platform took to answer one post, milliseconds. */
  readonly onSendTook?: (platform: string, ms: number) => void;
  readonly onOutcome?: (platform: string, outcome: AttemptResult['kind'] | 'expired', count: number) => void;
  /** Counts the parts that posted cards went without. */
  readonly onPartLeftOut?: (platform: string, part: OptionalPart) => void;
}

export interface DeliveryLoop {
  /** Tries all that is due; resolves when nothing due is left. @throws StoreError, once nothing is in flight. */
  run(now: number): Promise<void>;
  /** Why the platform accepts no posts at the moment; undefined: it does, or only asks for a short wait. */
  closure(): Closure | undefined;
  /** The platform's breaker, which says in the log what it does. */
  readonly breaker: Pick<PlatformBreaker, 'isHeld' | 'isProbing'> & { record(outcome: Outcome, now: number): void };
  /** Starts no more attempts. */
  stop(): void;
}

/** Delivers one platform's queue: many cards at a time, one per channel, so that a slow channel delays no other. */
export const createDeliveryLoop = (parts: DeliveryLoopParts, platform: Platform): DeliveryLoop => {
  const { store, log, clock, random, replyTimeoutMs, catalogue, whenUnsure, onGone, timeZone, presence } = parts;
  const { name } = platform;
  const leaseMs = replyTimeoutMs + LEASE_MARGIN_MS;
  const post = createPost(parts, platform);
  const breaker = createPlatformBreaker(random);
  const onExpired = (count: number): void => parts.onOutcome?.('any', 'expired', count);
  const claimParts = { store, stories: createStoryCache(), onExpired };
  const notifyPerson = catalogue && createNotifyPerson({ catalogue, platform, log });
  /** By channel id. */
  const inFlight = new Map<number, Promise<void>>();
  const recordAttempt = createRecordAttempt({
    store,
    log,
    random,
    inFlightCount: () => inFlight.size,
    ...(notifyPerson && { notifyPerson }),
    ...(onGone && { onGone }),
    ...(presence && { presence }),
    ...(timeZone !== undefined && { timeZone }),
  });
  const reap = createReaper({ store, platform: name, log, leaseMs, whenUnsure, onExpired });
  /** When the closure began that was said as an error. */
  let saidSince: number | undefined;
  let stopping = false;
  let fault: { readonly reason: unknown } | undefined;

  const noteOutcome = (outcome: AttemptResult, now: number): void => {
    parts.onOutcome?.(name, outcome.kind, 1);
    for (const part of partsLeftOut(outcome)) parts.onPartLeftOut?.(name, part);
    if (!isNotPosted(outcome) && !platform.independentChannels) record(outcome, now);
  };

  /** Tells the breaker, and the log of what follows from it. */
  const record = (outcome: Outcome, now: number): void => {
    const before = breaker.closure();
    const closure = breaker.record(outcome, now);
    if (closure) {
      const { cause, reason, since, until } = closure;
      const fields = { platform: name, cause, reason, waitMs: Math.round(until - now) };
      log.warn(fields, 'platform takes no cards at the moment: waiting');
      if (cause === 'credential' && now - since >= CREDENTIAL_ERROR_MS && saidSince !== since) {
        saidSince = since;
        log.error({ ...fields, since: new Date(since) }, 'platform has refused the credential for 10 minutes');
      }
    } else if (before && !breaker.closure() && before.cause !== 'throttled')
      log.info({ platform: name, closedMs: now - before.since }, 'platform takes cards again');
  };

  /** Asks whether a credential that was refused is good by now, once its wait is over. */
  const askCredential = async (now: number): Promise<void> => {
    const closure = breaker.closure();
    if (closure?.cause !== 'credential' || breaker.isHeld(now) || stopping) return;
    const taken = await platform.takesCredential?.();
    if (taken === true) record({ kind: 'sent', messageId: '' }, now);
    if (taken === false) record({ kind: 'credential', reason: closure.reason, remedy: '' }, now);
  };

  /** Reads the time since now, which was `at`: also if the clock is set back in the meantime. */
  const clockFrom = (at: number): (() => number) => {
    const before = clock();
    return () => at + clock() - before;
  };

  const deliver = async (claim: Claim, startedAt: number): Promise<void> => {
    const time = clockFrom(startedAt);
    const mark = presence?.mark();
    const begin = performance.now();
    const outcome = await post(claim, () => time() < startedAt + leaseMs, startedAt);
    parts.onSendTook?.(name, performance.now() - begin);
    const now = time();
    noteOutcome(outcome, now);
    const { deliveries, earlier } = claim;
    await recordAttempt({ outcome, deliveries, earlier, startedAt, mark, now });
    const [delivery] = deliveries;
    const { story } = delivery;
    const key = cardKey(parts.instance, claim.batch);
    if (story.kind === 'test') await parts.testReports?.report({ platform, delivery, story, outcome, key });
  };

  /** Leases the cards of channels in one commit, and posts each. */
  const start = (heads: readonly PendingDelivery[], now: number): void => {
    const claims = claimBatches(claimParts, heads, { now, until: now + leaseMs });
    for (const [index, { channelId }] of heads.entries()) {
      const delivery = claims
        .then((all) => {
          const claim = all[index];
          if (claim?.status === 'rejected') throw claim.reason;
          return claim?.value && deliver(claim.value, now);
        })
        .catch((reason: unknown) => {
          fault ??= { reason };
        })
        .finally(() => inFlight.delete(channelId));
      inFlight.set(channelId, delivery);
    }
  };

  /** The heads that may go out now; unconfirmed deliveries to check come last. */
  const peek = async (now: number): Promise<QueuePeek> => {
    if (!(await anythingDue(store.db, name, now))) return { heads: [], more: false };
    return store.transaction(async (db) => {
      const options = { platform: name, now, limit: PEEK_LIMIT, busy: [...inFlight.keys()] };
      const queue = await peekQueue(db, options);
      if (queue.heads.length === PEEK_LIMIT) return queue;
      const busy = [...options.busy, ...queue.heads.map(({ channelId }) => channelId)];
      const unconfirmed = await dueUnconfirmed(db, { ...options, busy, limit: PEEK_LIMIT - queue.heads.length });
      return { ...queue, heads: [...queue.heads, ...unconfirmed] };
    });
  };

  const mayStart = (now: number): boolean => !stopping && fault === undefined && !breaker.isHeld(now);

  const deliverAll = async (runAt: number): Promise<void> => {
    let peeked: { readonly at: number; readonly more: boolean; readonly heads: PendingDelivery[] } = {
      at: 0,
      more: true,
      heads: [],
    };
    const time = clockFrom(Math.max(runAt, clock()));
    await askCredential(time());
    for (;;) {
      const now = time();
      await reap(now);
      const maxInFlight = breaker.isProbing() ? 1 : MAX_IN_FLIGHT;
      if (mayStart(now) && inFlight.size < maxInFlight) {
        if (peeked.heads.length === 0 || now < peeked.at || now >= peeked.at + PEEK_MAX_AGE_MS) {
          const { heads, more } = await peek(now);
          peeked = { at: now, more, heads: [...heads] };
        }
        const heads = peeked.heads
          .splice(0, maxInFlight - inFlight.size)
          .filter(({ channelId }) => !inFlight.has(channelId));
        if (heads.length > 0) start(heads, now);
        if (inFlight.size < maxInFlight && peeked.heads.length === 0 && peeked.more) {
          await yieldToEventLoop();
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
    closure: () => {
      const closure = breaker.closure();
      return closure?.cause === 'throttled' ? undefined : closure;
    },
    breaker: { isHeld: breaker.isHeld, isProbing: breaker.isProbing, record },
    stop: () => {
      stopping = true;
    },
  };
};
