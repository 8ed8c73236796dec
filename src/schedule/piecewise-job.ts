import { createMutex } from '../util/promises.ts';
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
  const runExclusive = createMutex();
  return {
    name,
    run: (now) => runExclusive(() => work(now, () => stopped)),
    stop: async () => {
      stopped = true;
      await runExclusive(async () => undefined);
    },
  };
};
