import type { Platform } from '../chat/platform.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import { createMutex, waitAtMost } from '../util/promises.ts';
import { createDeliveryLoop, type DeliveryLoopParts, LEASE_MARGIN_MS, REPLY_TIMEOUT_MS } from './delivery-loop.ts';
import { createPersonalPings, type PersonalPingParts } from './personal-pings.ts';
import type { Closure } from './platform-breaker.ts';

export interface CourierParts extends Omit<DeliveryLoopParts, 'random' | 'replyTimeoutMs' | 'whenUnsure'> {
  readonly platforms: readonly Platform[];
  /** Whether a platform has started: nothing is tried before. Default: all have. */
  readonly isReady?: (platform: string) => boolean;
  /** In [0, 1); spreads waits. Default: Math.random. */
  readonly random?: () => number;
  /** A platform call without a reply by then counts as lost. Default: 75 s. */
  readonly replyTimeoutMs?: number;
  /** What to do with a card whose delivery has been unconfirmed for an hour. Default: send it again. */
  readonly whenUnsure?: WhenUnsure;
  readonly onPing?: PersonalPingParts['onPing'];
}

/** The delivery worker of all platforms. */
export interface Courier {
  /**
   * Two jobs per platform, so that no platform waits for another: one delivers all that is due there at `now`, the other
   * sends people the direct messages about it.
   */
  readonly jobs: readonly { readonly name: string; run(now: number): Promise<void> }[];
  /** Runs the first job of every platform; resolves when nothing due is left to try. @throws StoreError */
  run(now: number): Promise<void>;
  /** Why a platform accepts no posts at the moment, by platform name. */
  closures(): ReadonlyMap<string, Closure>;
  /**
   * Starts nothing new; resolves when all posts in flight have ended, or after `graceMs`. A post without a reply by then
   * stays leased: the next start checks for it by its key.
   */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Delivers cards to channels. A delivery is leased before an attempt and finished after it, so a crash at any point leaves
 * it in the queue. Each card has one key for all its attempts, by which a platform recognises a message that it has.
 */
export const createCourier = ({
  platforms,
  isReady = () => true,
  random = Math.random,
  replyTimeoutMs = REPLY_TIMEOUT_MS,
  whenUnsure = 'send-again',
  onPing,
  ...parts
}: CourierParts): Courier => {
  let stopping = false;
  const workers = platforms.map((platform) => {
    const loop = createDeliveryLoop({ ...parts, random, replyTimeoutMs, whenUnsure }, platform);
    const { store, instance, log, clock, catalogue } = parts;
    const pings =
      catalogue &&
      platform.sendDirectMessage &&
      createPersonalPings(
        {
          ...{ store, instance, log, clock, catalogue, random, replyTimeoutMs },
          leaseMs: replyTimeoutMs + LEASE_MARGIN_MS,
          ...(onPing && { onPing }),
        },
        platform,
        loop.breaker,
      );
    const [runExclusive, pingExclusive] = [createMutex(), createMutex()];
    const ended = async (): Promise<void> => {
      await Promise.all([runExclusive(async () => undefined), pingExclusive(async () => undefined)]);
    };
    return {
      name: platform.name,
      ended,
      closure: loop.closure,
      stop: () => {
        loop.stop();
        pings?.stop();
      },
      run: (now: number): Promise<void> =>
        stopping || !isReady(platform.name) ? ended() : runExclusive(() => loop.run(now)),
      ping:
        pings &&
        ((now: number): Promise<void> =>
          stopping || !isReady(platform.name) ? ended() : pingExclusive(() => pings.run(now))),
    };
  });

  return {
    jobs: [
      ...workers.map(({ name, run }) => ({ name: `courier to ${name}`, run })),
      ...workers.flatMap(({ name, ping }) => (ping ? [{ name: `direct messages on ${name}`, run: ping }] : [])),
    ],
    run: async (now) => {
      const results = await Promise.allSettled(workers.map(({ run }) => run(now)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    closures: () =>
      new Map(
        workers.flatMap(({ name, closure: closureOf }) => {
          const closure = closureOf();
          return closure ? [[name, closure] as const] : [];
        }),
      ),
    stop: async (graceMs = REPLY_TIMEOUT_MS) => {
      stopping = true;
      for (const { stop } of workers) stop();
      await waitAtMost(Promise.all(workers.map(({ ended }) => ended())), graceMs);
    },
  };
};
