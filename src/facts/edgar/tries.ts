import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { EdgarError } from './edgar-error.ts';

const TRIES = 4;
const FIRST_WAIT_MS = 2_000;
/** A longer stay-away is not waited for within a call. */
const LONGEST_WAIT_MS = 60_000;

export interface TriesOptions {
  readonly wait: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Breaks off: no further try begins. */
  readonly signal: AbortSignal | undefined;
}

const passes = (error: unknown): boolean =>
  error instanceof EdgarError &&
  (error.fault === 'throttled' || error.fault === 'unreachable') &&
  (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;

/**
 * Makes up to four tries at something that may pass, 1-2 s, 4-8 s and 16-32 s apart, or as far as EDGAR said.
 * cockatiel counts the tries; its own waits are 0, since the waiting is handed in.
 */
export const createTries = ({ wait, random, signal }: TriesOptions) => {
  const policy = retry(handleWhen(passes), { maxAttempts: TRIES - 1, backoff: new ConstantBackoff(0) });

  return <T>(task: () => Promise<T>): Promise<T> => {
    let told = 0;
    return policy.execute(async ({ attempt }) => {
      if (attempt > 0) {
        const ceiling = FIRST_WAIT_MS * 4 ** (attempt - 1);
        await wait(Math.max(told, Math.round((ceiling * (1 + random())) / 2)));
      }
      try {
        return await task();
      } catch (error) {
        told = error instanceof EdgarError ? (error.retryAfterMs ?? 0) : 0;
        throw error;
      }
    }, signal);
  };
};
