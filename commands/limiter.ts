import { createLru } from '../src/util/lru.ts';

/** At most `count` questions of one person within `perMs` milliseconds. */
export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

/** People whose questions are kept; those who asked longest ago are dropped first. */
const MAX_ASKERS = 10_000;

/**
 * A rate limiter per person. Returns the milliseconds to wait, or 0 if the question is allowed; only allowed questions
 * count. `now` in epoch milliseconds.
 */
export const createLimiter = ({ count, perMs }: Limit): ((who: string, now: number) => number) => {
  const asked = createLru<string, readonly number[]>(MAX_ASKERS);
  return (who, now) => {
    const recent = (asked.get(who) ?? []).filter((at) => at > now - perMs && at <= now);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= count) return oldest + perMs - now;
    asked.set(who, [...recent, now]);
    return 0;
  };
};
