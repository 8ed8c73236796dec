import { waitAtMost } from '../util/promises.ts';

/** How long a stop waits for a poll under way; an abandoned poll has written nothing. */
const STOP_GRACE_MS = 5_000;

/** Runs polls at a minimum interval. */
export interface PollThrottle {
  /** Polls, unless the last poll was less than the interval ago. */
  run(now: number): Promise<void>;
  /** Begins no new poll; resolves when the current one has ended or been abandoned. */
  stop(): Promise<void>;
}

/** Throttles `poll` to once per `intervalMs` milliseconds, however often it is run. */
export const createPollThrottle = (intervalMs: number, poll: (now: number) => Promise<void>): PollThrottle => {
  let polledAt = Number.NEGATIVE_INFINITY;
  let polling: Promise<void> = Promise.resolve();
  let stopping = false;
  return {
    run: async (now) => {
      const clockWentBack = now < polledAt;
      if (stopping || (!clockWentBack && now < polledAt + intervalMs)) return;
      polledAt = now;
      polling = poll(now);
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
