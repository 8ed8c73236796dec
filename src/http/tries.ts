import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import type { Breaker } from './breaker.ts';

/** A failure that may pass. */
export interface Passing {
  /** How long the other side told us to stay away. */
  readonly retryAfterMs?: number | undefined;
}

export interface TriesOptions {
  /** How often a thing is tried in all. At least 1. */
  readonly tries: number;
  /** The first wait lies between half of this and all of it. */
  readonly firstWaitMs: number;
  /** How many times longer each wait is than the one before. */
  readonly growth: number;
  /** A stay-away that is longer is not waited for within a call. */
  readonly longestWaitMs: number;
  /** Undefined for a failure that no waiting mends. */
  readonly passing: (error: unknown) => Passing | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** What every try goes through. While it is open, no further try begins. */
  readonly breaker?: Breaker;
}

/** Tries `task` until it succeeds, the tries are used up, or `signal` breaks off: then no further try begins. */
export type Tries = <T>(task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Tries again what may pass, with waits that grow and are spread at random, or as long as the other side said.
 * cockatiel counts the tries; its own waits are 0, since the waiting is handed in.
 */
export const createTries = (options: TriesOptions): Tries => {
  const { tries, firstWaitMs, growth, longestWaitMs, passing, wait, random, breaker } = options;
  const again = (error: unknown): boolean => {
    const passes = passing(error);
    return passes !== undefined && (passes.retryAfterMs ?? 0) <= longestWaitMs && breaker?.isOpen() !== true;
  };
  const policy = retry(handleWhen(again), { maxAttempts: tries - 1, backoff: new ConstantBackoff(0) });

  return (task, broken) => {
    let told = 0;
    return policy.execute(async ({ attempt, signal }) => {
      if (attempt > 0) {
        const ceiling = firstWaitMs * growth ** (attempt - 1);
        await wait(Math.max(told, Math.round((ceiling * (1 + random())) / 2)));
      }
      try {
        return await (breaker ? breaker.run(() => task(signal)) : task(signal));
      } catch (error) {
        told = passing(error)?.retryAfterMs ?? 0;
        throw error;
      }
    }, broken);
  };
};
