/**
 * Stops what was started, last started first:
 * 1. jobs: no new runs start, the current one ends or is abandoned;
 * 2. the courier: claims nothing new, waits for posts in flight;
 * 3. the platforms: connections close, then the courier waits once more, for the replies cut short by that;
 * 4. the board;
 * 5. the store, once nothing writes to it.
 */
export interface Shutdown {
  /** Aborts when stopping begins: nothing waits any longer for a database that is away. */
  readonly signal: AbortSignal;
  /** Registers a step; it runs before those registered earlier. */
  add(step: () => Promise<unknown>): void;
  /** Runs every step once; a second call does nothing. */
  stop(): Promise<void>;
}

export const createShutdown = (): Shutdown => {
  const steps: (() => Promise<unknown>)[] = [];
  const stopping = new AbortController();
  return {
    signal: stopping.signal,
    add: (step) => {
      steps.push(step);
    },
    stop: async () => {
      stopping.abort();
      for (const step of steps.splice(0).reverse()) await step();
    },
  };
};
