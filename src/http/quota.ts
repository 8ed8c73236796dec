export interface Quota {
  /** True where one more request may go out; it is counted then. `now` in epoch milliseconds. */
  take(now: number): boolean;
}

/** At most `most` requests within any `spanMs`. A clock that was set back counts from then on. */
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
