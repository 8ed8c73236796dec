/**
 * Stops what was started, last started first:
 * 1. jobs: no new runs start, the current one ends or is abandoned;
 * 2. the courier: claims nothing new, waits for posts in flight;
 * 3. the platforms: connections close, then the courier waits once more, for the replies cut short by that;
 * 4. the board;
 * 5. the store, once nothing writes to it.
 */
export interface Shutdown {
  /** Registers a step; it runs before those registered earlier. */
  add(step: () => Promise<unknown>): void;
  /** Runs every step once; a second call does nothing. */
  stop(): Promise<void>;
}

export const createShutdown = (): Shutdown => {
  const steps: (() => Promise<unknown>)[] = [];
  return {
    add: (step) => {
      steps.push(step);
    },
    stop: async () => {
      for (const step of steps.splice(0).reverse()) await step();
    },
  };
};
