/** How often one person may ask. */
export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

/** Beyond this many people, those who asked longest ago are forgotten. */
const MOST_ASKERS = 10_000;

/**
 * Counts what each person asked within the last `perMs`. Returns milliseconds to wait; 0 means go on, and only that
 * counts as asked. Times are epoch milliseconds.
 */
export const createLimiter = ({ count, perMs }: Limit): ((who: string, now: number) => number) => {
  const asked = new Map<string, readonly number[]>();
  return (who, now) => {
    const recent = (asked.get(who) ?? []).filter((at) => at > now - perMs && at <= now);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= count) return oldest + perMs - now;
    asked.delete(who);
    asked.set(who, [...recent, now]);
    const [first] = asked.keys();
    if (asked.size > MOST_ASKERS && first !== undefined) asked.delete(first);
    return 0;
  };
};
