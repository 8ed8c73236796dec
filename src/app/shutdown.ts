import { waitAtMost } from '../util/promises.ts';

/**
 * How long a stop may take in all: containers are killed ten seconds after they are told to stop. What has not ended by then
 * is left as by a kill, which loses nothing.
 */
export const STOP_MS = 7_000;

/**
 * Stops what was started, last started first; what is added at once stops side by side:
 * 1. jobs start nothing new, and their current runs end or are abandoned; meanwhile the courier claims nothing new and waits
 *    for posts in flight, then the platforms' connections close;
 * 2. the board;
 * 3. the store, once nothing writes to it.
 */
export interface Shutdown {
  /** Aborts when stopping begins: nothing waits any longer for a database that is away. */
  readonly signal: AbortSignal;
  /** Registers steps that run side by side, before those registered earlier. */
  add(...steps: readonly (() => Promise<unknown>)[]): void;
  /** Runs every step once, whichever fail, and waits for `STOP_MS` at most; a second call does nothing. Rejects with the first failure. */
  stop(): Promise<void>;
}

export const createShutdown = (): Shutdown => {
  const groups: (readonly (() => Promise<unknown>)[])[] = [];
  const stopping = new AbortController();
  return {
    signal: stopping.signal,
    add: (...steps) => {
      groups.push(steps);
    },
    stop: async () => {
      stopping.abort();
      const all = async (): Promise<void> => {
        const failures: unknown[] = [];
        for (const steps of groups.splice(0).reverse())
          for (const result of await Promise.allSettled(steps.map((step) => step())))
            if (result.status === 'rejected') failures.push(result.reason);
        if (failures.length > 0) throw failures[0];
      };
      const stopped = all();
      await waitAtMost(stopped, STOP_MS);
      await Promise.race([stopped, undefined]);
    },
  };
};
