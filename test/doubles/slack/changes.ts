export interface Changes {
  /** Something happened: look at the conditions again. */
  notify(): void;
  /** Resolves as soon as the condition holds. There is no time limit: the test runner has one. */
  until(condition: () => boolean): Promise<void>;
}

export const createChanges = (): Changes => {
  const waiting = new Set<() => void>();
  return {
    notify: () => {
      for (const look of [...waiting]) look();
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
};
