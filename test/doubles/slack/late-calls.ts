/** Calls without an answer that Slack carries out some time later: seen whenever somebody looks. */
export interface LateCalls {
  /** Takes a call that is carried out `afterMs` from now on. */
  add(afterMs: number, apply: () => void): void;
  /** Carries out the calls whose time has come. */
  catchUp(): void;
}

/** `now` in epoch milliseconds. */
export const createLateCalls = (now: () => number): LateCalls => {
  let waiting: { readonly at: number; readonly apply: () => void }[] = [];
  return {
    add: (afterMs, apply) => void waiting.push({ at: now() + afterMs, apply }),
    catchUp: () => {
      const due = waiting.filter(({ at }) => at <= now());
      waiting = waiting.filter((call) => !due.includes(call));
      for (const { apply } of due) apply();
    },
  };
};
