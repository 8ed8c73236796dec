import type { Job } from './wake.ts';

export interface SerialJob extends Job {
  /** Begins nothing new, and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** A job that never runs twice at a time, whoever wakes it, and that can be ended. */
export const serialJob = (name: string, work: (now: number) => Promise<void>): SerialJob => {
  let stopping = false;
  let running: Promise<void> = Promise.resolve();
  return {
    name,
    run: (now) => {
      if (stopping) return running;
      const round = running.then(() => work(now));
      running = round.catch(() => undefined);
      return round;
    },
    stop: async () => {
      stopping = true;
      await running;
    },
  };
};
