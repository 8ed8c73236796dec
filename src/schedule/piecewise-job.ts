import type { Job } from './scheduler.ts';

/** A job that works in pieces and can be stopped between them. */
export interface PiecewiseJob extends Job {
  /** Begins no new piece; resolves when the current one is written. */
  stop(): Promise<void>;
}

/** Makes a job of `work`, which asks `stopping` before each piece. Runs never overlap. */
export const createPiecewiseJob = (
  name: string,
  work: (now: number, stopping: () => boolean) => Promise<void>,
): PiecewiseJob => {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  return {
    name,
    run: (now) => {
      const current = running.then(() => work(now, () => stopped));
      running = current.catch(() => undefined);
      return current;
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
};
