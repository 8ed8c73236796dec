const MINUTE = 60_000;
const LONGEST_MS = 15 * MINUTE;

export interface CoolDown {
  /** Milliseconds until the next request is allowed; 0 = now. */
  left(now: number): number;
  /** A call was rate limited: wait 1, 2, 4 ... 15 minutes plus up to a quarter, or longer if the server says so. */
  begin(now: number, retryAfterMs: number | undefined): void;
  /** A call succeeded. */
  reset(): void;
}

/** `now` is the caller's clock throughout, in epoch milliseconds. */
export const createCoolDown = (random: () => number): CoolDown => {
  let misses = 0;
  let until = 0;
  let span = 0;

  const left = (now: number): number => {
    const rest = until - now;
    // More than the whole span means that the clock was set back.
    return rest > 0 && rest <= span ? rest : 0;
  };

  return {
    left,
    begin(now, retryAfterMs = 0) {
      // Concurrent calls are rate limited together: that counts as one miss.
      if (left(now) === 0) misses += 1;
      const grown = Math.min(LONGEST_MS, MINUTE * 2 ** (misses - 1)) * (1 + random() / 4);
      span = Math.round(Math.max(grown, retryAfterMs, left(now)));
      until = now + span;
    },
    reset() {
      misses = 0;
      until = 0;
      span = 0;
    },
  };
};
