import { createLru } from '../src/util/lru.ts';

/** At most `count` questions of one person within `perMs` milliseconds. */
export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

/** People whose questions are kept; those who asked longest ago are dropped first. */
const MAX_ASKERS = 10_000;

/** Counts what is asked by whom. Times in epoch milliseconds. */
interface Count {
  /** Milliseconds until another question of theirs is allowed; 0 if it is now. */
  wait(who: string, now: number): number;
  note(who: string, now: number): void;
}

const createCount = ({ count, perMs }: Limit): Count => {
  const asked = createLru<string, readonly number[]>(MAX_ASKERS);
  const recent = (who: string, now: number) => (asked.get(who) ?? []).filter((at) => at > now - perMs && at <= now);
  return {
    wait: (who, now) => {
      const times = recent(who, now);
      const [oldest] = times;
      return oldest !== undefined && times.length >= count ? oldest + perMs - now : 0;
    },
    note: (who, now) => asked.set(who, [...recent(who, now), now]),
  };
};

/**
 * A rate limiter per person. Returns the milliseconds to wait, or 0 if the question is allowed; only allowed questions
 * count. `now` in epoch milliseconds.
 */
export const createLimiter = (limit: Limit): ((who: string, now: number) => number) => {
  const { wait, note } = createCount(limit);
  return (who, now) => {
    const waitMs = wait(who, now);
    if (waitMs === 0) note(who, now);
    return waitMs;
  };
};

/**
 * Several limits at once, such as those of a person, of their server and of all: a question is allowed if each of them
 * allows it, and counts for each or for none. `who`: whose count it is, by limit; a limit without one does not apply.
 * Returns the milliseconds to wait.
 */
export const createLimiters = <Name extends string>(limits: Readonly<Record<Name, Limit>>) => {
  const names = Object.keys(limits) as Name[];
  const counts = new Map(names.map((name) => [name, createCount(limits[name])]));
  return (who: Readonly<Partial<Record<Name, string>>>, now: number): number => {
    const counted = [...counts].flatMap(([name, count]) => {
      const id = who[name];
      return id === undefined ? [] : [{ id, count }];
    });
    const waitMs = Math.max(0, ...counted.map(({ id, count }) => count.wait(id, now)));
    if (waitMs === 0) for (const { id, count } of counted) count.note(id, now);
    return waitMs;
  };
};
