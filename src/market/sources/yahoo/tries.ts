import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { YahooFailure } from './failure.ts';

const TRIES = 3;
const FIRST_WAIT_MS = 1_000;
/** A longer stay-away is not waited for within a call. */
const LONGEST_WAIT_MS = 4_000;

export interface TriesOptions {
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** After this no further try begins, and the one under way is broken off. */
  readonly budgetMs: number;
}

const passes = (error: unknown): boolean =>
  error instanceof YahooFailure &&
  (error.fault === 'throttled' || error.fault === 'unreachable') &&
  (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;

/**
 * Makes up to three tries at something that may pass, 0.5-1 s and then 1-2 s apart, or as far as Yahoo said.
 * cockatiel counts the tries; its own waits are 0, since the waiting is handed in.
 */
export const createTries = ({ wait, random, budgetMs }: TriesOptions) => {
  const policy = retry(handleWhen(passes), { maxAttempts: TRIES - 1, backoff: new ConstantBackoff(0) });

  return <T>(task: (deadline: AbortSignal) => Promise<T>): Promise<T> => {
    let told = 0;
    return policy.execute(async ({ attempt, signal }) => {
      if (attempt > 0) {
        const ceiling = FIRST_WAIT_MS * 2 ** (attempt - 1);
        await wait(Math.max(told, Math.round((ceiling * (1 + random())) / 2)));
      }
      try {
        return await task(signal);
      } catch (error) {
        told = error instanceof YahooFailure ? (error.retryAfterMs ?? 0) : 0;
        throw error;
      }
    }, AbortSignal.timeout(budgetMs));
  };
};
