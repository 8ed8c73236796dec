import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import type { Breaker } from './breaker.ts';

/** A temporary failure. */
export interface Passing {
  /** How long the server told us to wait. */
  readonly retryAfterMs?: number | undefined;
}

export interface TriesOptions {
  /** Attempts in total, 1 or more. */
  readonly tries: number;
  /** The first wait is between half of this and all of it. */
  readonly firstWaitMs: number;
  /** Factor from each wait to the next. */
  readonly growth: number;
  /** The longest Retry-After to wait for within a call; a longer one fails the call. */
  readonly longestWaitMs: number;
  /** Undefined for a permanent failure. */
  readonly passing: (error: unknown) => Passing | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Breaker around every attempt. While it is open, there are no further attempts. */
  readonly breaker?: Breaker;
}

/** Tries `task` until it succeeds, the attempts are used up, or `signal` aborts; then no further attempt starts. */
export type Tries = <T>(task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Retries temporary failures with growing, jittered waits, or as long as the server said. cockatiel counts the
 * attempts; its own waits are 0, because `wait` is passed in.
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
