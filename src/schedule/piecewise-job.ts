import type { Job } from './scheduler.ts';

/** A job whose work is done piece by piece. */
export interface PiecewiseJob extends Job {
  /** Begins no new piece, and resolves when the one under way is written. */
  stop(): Promise<void>;
}

/** One round at a time; `work` asks `stopping` before each piece. */
export const createPiecewiseJob = (
  name: string,
  work: (now: number, stopping: () => boolean) => Promise<void>,
): PiecewiseJob => {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  return {
    name,
    run: (now) => {
      const round = running.then(() => work(now, () => stopped));
      running = round.catch(() => undefined);
      return round;
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
};
