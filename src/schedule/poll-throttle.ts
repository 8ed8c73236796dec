import { waitAtMost } from '../util/with-timeout.ts';

/** A poll that has no answer by then is given up: it has written nothing. */
const STOP_GRACE_MS = 5_000;

export interface PollThrottle {
  /** Looks, unless the last look was less than the interval ago. */
  run(now: number): Promise<void>;
  /** Begins nothing new, and resolves when what is under way has ended or been given up. */
  stop(): Promise<void>;
}

/** Spaces looks `everyMs` milliseconds apart, however often it is woken. */
export const createPollThrottle = (everyMs: number, look: (now: number) => Promise<void>): PollThrottle => {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> = Promise.resolve();
  let stopping = false;
  return {
    run: async (now) => {
      const clockWentBack = now < lookedAt;
      if (stopping || (!clockWentBack && now < lookedAt + everyMs)) return;
      lookedAt = now;
      looking = look(now);
      try {
        await looking;
      } catch (fault) {
        if (!stopping) throw fault;
      }
    },
    stop: async () => {
      stopping = true;
      await waitAtMost(looking, STOP_GRACE_MS);
    },
  };
};
