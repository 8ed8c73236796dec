/** Unfinished work, to be waited for at a stop. */
export interface InFlight {
  /** Remembers the work until it has ended; returns the same promise. */
  add<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. Never rejects. */
  settled(): Promise<void>;
}

export const createInFlight = (): InFlight => {
  const tasks = new Set<Promise<unknown>>();
  return {
    add: (work) => {
      const task: Promise<unknown> = work.catch(() => undefined).finally(() => tasks.delete(task));
      tasks.add(task);
      return work;
    },
    settled: async () => {
      while (tasks.size > 0) await Promise.allSettled(tasks);
    },
  };
};
