import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import type { Breaker } from './breaker.ts';

/** A temporary failure. */
export interface RetryableFailure {
  /** How long the host asked us to stay away, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

export interface TriesOptions {
  /** Tries in all. At least 1. */
  readonly tries: number;
  /** The first wait is between half of this and all of it. */
  readonly firstWaitMs: number;
  /** Factor from one wait to the next. */
  readonly growth: number;
  /** If the host asks for a longer stay-away, there is no further try. */
  readonly longestWaitMs: number;
  /** Undefined for a failure that waiting does not fix. */
  readonly retryable: (error: unknown) => RetryableFailure | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Every try runs through it. While it is open, no further try begins. */
  readonly breaker?: Breaker;
}

/** Runs `task` until it succeeds, the tries are used up, or `signal` aborts. */
export type Tries = <T>(task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Retries temporary failures, after growing random waits or the stay-away time of the host, whichever is longer.
 * cockatiel counts the tries; its own waits are 0, because `wait` is injected.
 */
export const createTries = (options: TriesOptions): Tries => {
  const { tries, firstWaitMs, growth, longestWaitMs, retryable, wait, random, breaker } = options;
  const isRetried = (error: unknown): boolean => {
    const failure = retryable(error);
    return failure !== undefined && (failure.retryAfterMs ?? 0) <= longestWaitMs && breaker?.isOpen() !== true;
  };
  const policy = retry(handleWhen(isRetried), { maxAttempts: tries - 1, backoff: new ConstantBackoff(0) });

  return (task, stop) => {
    let retryAfterMs = 0;
    return policy.execute(async ({ attempt, signal }) => {
      if (attempt > 0) {
        const ceiling = firstWaitMs * growth ** (attempt - 1);
        await wait(Math.max(retryAfterMs, Math.round((ceiling * (1 + random())) / 2)));
      }
      try {
        return await (breaker ? breaker.run(() => task(signal)) : task(signal));
      } catch (error) {
        retryAfterMs = retryable(error)?.retryAfterMs ?? 0;
        throw error;
      }
    }, stop);
  };
};
