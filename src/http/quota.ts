export interface Quota {
  /** Counts one request and returns true if it is within the quota. `now` in epoch milliseconds. */
  take(now: number): boolean;
}

/** At most `maxRequests` within any `windowMs`. After the clock was set back, requests that lie in its future are forgotten. */
export const createQuota = (maxRequests: number, windowMs: number): Quota => {
  let taken: number[] = [];
  return {
    take: (now) => {
      taken = taken.filter((at) => at <= now && now - at < windowMs);
      if (taken.length >= maxRequests) return false;
      taken.push(now);
      return true;
    },
  };
};
