const MINUTE = 60_000;
const LONGEST_MS = 15 * MINUTE;

export interface CoolDown {
  /** Milliseconds until a request may be made again; 0 = now. */
  left(now: number): number;
  /** A call was throttled: stay away for 1, 2, 4 ... 15 minutes and up to a quarter more, or longer if the other side said so. */
  begin(now: number, retryAfterMs: number | undefined): void;
  /** A call went through. */
  reset(): void;
}

/** `now` is the caller's clock throughout, in epoch milliseconds. */
export const createCoolDown = (random: () => number): CoolDown => {
  let misses = 0;
  let until = 0;
  let span = 0;

  const left = (now: number): number => {
    const rest = until - now;
    // More than the whole span can only mean that the clock was set back.
    return rest > 0 && rest <= span ? rest : 0;
  };

  return {
    left,
    begin(now, retryAfterMs = 0) {
      // Calls that were under way together are throttled together: that is one miss.
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
