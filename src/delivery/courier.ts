import type { Platform } from '../chat/platform.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import { createMutex, waitAtMost } from '../util/promises.ts';
import { createDeliveryLoop, type DeliveryLoopParts, REPLY_TIMEOUT_MS } from './delivery-loop.ts';
import type { Closure } from './platform-breaker.ts';

export interface CourierParts extends Omit<DeliveryLoopParts, 'random' | 'replyTimeoutMs' | 'whenUnsure'> {
  readonly platforms: readonly Platform[];
  /** In [0, 1); spreads waits. Default: Math.random. */
  readonly random?: () => number;
  /** A platform call without a reply by then counts as lost. Default: 75 s. */
  readonly replyTimeoutMs?: number;
  /** What to do with a card whose delivery has been unconfirmed for an hour. Default: send it again. */
  readonly whenUnsure?: WhenUnsure;
}

/** The delivery worker of all platforms. */
export interface Courier {
  /** One job per platform, so that no platform waits for another; each delivers all that is due there at `now`. */
  readonly jobs: readonly { readonly name: string; run(now: number): Promise<void> }[];
  /** Runs all jobs at once; resolves when nothing due is left to try. @throws StoreError */
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
  random = Math.random,
  replyTimeoutMs = REPLY_TIMEOUT_MS,
  whenUnsure = 'send-again',
  ...parts
}: CourierParts): Courier => {
  let stopping = false;
  const workers = platforms.map((platform) => {
    const loop = createDeliveryLoop({ ...parts, random, replyTimeoutMs, whenUnsure }, platform);
    const runExclusive = createMutex();
    const ended = () => runExclusive(async () => undefined);
    return {
      name: platform.name,
      loop,
      ended,
      run: (now: number): Promise<void> => (stopping ? ended() : runExclusive(() => loop.run(now))),
    };
  });

  return {
    jobs: workers.map(({ name, run }) => ({ name: `courier to ${name}`, run })),
    run: async (now) => {
      const results = await Promise.allSettled(workers.map(({ run }) => run(now)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    closures: () =>
      new Map(
        workers.flatMap(({ name, loop }) => {
          const closure = loop.closure();
          return closure ? [[name, closure] as const] : [];
        }),
      ),
    stop: async (graceMs = REPLY_TIMEOUT_MS) => {
      stopping = true;
      for (const { loop } of workers) loop.stop();
      await waitAtMost(Promise.all(workers.map(({ ended }) => ended())), graceMs);
    },
  };
};
