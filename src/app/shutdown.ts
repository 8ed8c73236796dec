/**
 * Stops what was started, last started first:
 * 1. jobs: none begins a new run, the one under way ends or is given up;
 * 2. the courier: claims nothing new, waits for what is in flight;
 * 3. the platforms: connections close, then the courier waits once more for the answers that this cut short;
 * 4. the board;
 * 5. the store, when nobody writes any more.
 */
export interface Shutdown {
  /** Registers a step; it runs before those registered earlier. */
  add(step: () => Promise<unknown>): void;
  /** Runs every step once; a second call finds nothing left to do. */
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
