import { waitAtMost } from '../util/promises.ts';

/** How long a stop waits for a poll under way; an abandoned poll has written nothing. */
const STOP_GRACE_MS = 4_000;

/** Runs polls at a minimum interval. */
export interface PollThrottle {
  /** Polls, unless the last poll was less than the interval ago; then it does what is to be done between two polls. */
  run(now: number): Promise<void>;
  /** Begins no new poll; resolves when the current one has ended or been abandoned. */
  stop(): Promise<void>;
}

/**
 * Throttles `poll` to once per interval, in milliseconds, however often it is run. What is to be done `between` two polls is
 * done instead of one that is not due.
 */
export const createPollThrottle = (
  intervalAt: (now: number) => number,
  poll: (now: number) => Promise<void>,
  between?: (now: number) => Promise<void>,
): PollThrottle => {
  let polledAt = Number.NEGATIVE_INFINITY;
  let polling: Promise<void> = Promise.resolve();
  let stopping = false;
  return {
    run: async (now) => {
      const clockWentBack = now < polledAt;
      if (stopping) return;
      const isDue = clockWentBack || now >= polledAt + intervalAt(now);
      if (isDue) polledAt = now;
      polling = isDue ? poll(now) : (between?.(now) ?? Promise.resolve());
      try {
        await polling;
      } catch (fault) {
        if (!stopping) throw fault;
      }
    },
    stop: async () => {
      stopping = true;
      await waitAtMost(polling, STOP_GRACE_MS);
    },
  };
};
