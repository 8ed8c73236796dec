import type { Platform } from '../chat/platform.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import { waitAtMost } from '../util/with-timeout.ts';
import { createDeliveryLoop, type DeliveryLoopParts } from './delivery-loop.ts';

/** A platform call that has not answered by then is taken for lost. */
const PATIENCE_MS = 75_000;

export interface CourierParts extends Omit<DeliveryLoopParts, 'random' | 'patienceMs' | 'whenUnsure'> {
  readonly platforms: readonly Platform[];
  /** In [0, 1); spreads waits. Default: Math.random. */
  readonly random?: () => number;
  /** Milliseconds after which a platform's answer is taken for lost. Default: 75 s. */
  readonly patienceMs?: number;
  /** What becomes of a card of which nobody can tell for an hour whether it arrived. Default: it is sent again. */
  readonly whenUnsure?: WhenUnsure;
}

export interface Courier {
  /** One for each platform, so that none ever waits for another; each delivers all that is due there at `now`. */
  readonly jobs: readonly { readonly name: string; run(now: number): Promise<void> }[];
  /** Runs every job at once; resolves when nothing due is left to try. @throws StoreError */
  run(now: number): Promise<void>;
  /** Why a platform takes nothing any more, by name. */
  down(): ReadonlyMap<string, string>;
  /**
   * Takes nothing new, and resolves when what is in flight has ended, or after `graceMs`: what has no answer by then
   * stays leased, and is looked for by its key at the next start.
   */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Carries what is owed to the channels. A delivery is leased before it is tried and settled after, so a crash at any
 * point leaves it owed; each card has one key for all its tries, by which a platform knows a message it has already.
 */
export const createCourier = ({
  platforms,
  random = Math.random,
  patienceMs = PATIENCE_MS,
  whenUnsure = 'send-again',
  ...parts
}: CourierParts): Courier => {
  let stopping = false;
  const routes = platforms.map((platform) => {
    const rounds = createDeliveryLoop({ ...parts, random, patienceMs, whenUnsure }, platform);
    let running: Promise<void> = Promise.resolve();
    return {
      name: platform.name,
      rounds,
      ended: () => running,
      run: (now: number): Promise<void> => {
        if (stopping) return running;
        const round = running.then(() => rounds.run(now));
        running = round.catch(() => undefined);
        return round;
      },
    };
  });

  return {
    jobs: routes.map(({ name, run }) => ({ name: `courier to ${name}`, run })),
    run: async (now) => {
      const ends = await Promise.allSettled(routes.map(({ run }) => run(now)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    },
    down: () =>
      new Map(
        routes.flatMap(({ name, rounds }) => {
          const because = rounds.down();
          return because === undefined ? [] : [[name, because] as const];
        }),
      ),
    stop: async (graceMs = PATIENCE_MS) => {
      stopping = true;
      for (const { rounds } of routes) rounds.stop();
      await waitAtMost(Promise.all(routes.map(({ ended }) => ended())), graceMs);
    },
  };
};
