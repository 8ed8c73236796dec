export interface Quota {
  /** Whether one more request is allowed; if so, it is counted. `now` in epoch milliseconds. */
  take(now: number): boolean;
}

/** At most `most` requests within any `spanMs`. Requests later than a clock that was set back are forgotten. */
export const createQuota = (most: number, spanMs: number): Quota => {
  let taken: number[] = [];
  return {
    take: (now) => {
      taken = taken.filter((at) => at <= now && now - at < spanMs);
      if (taken.length >= most) return false;
      taken.push(now);
      return true;
    },
  };
};
