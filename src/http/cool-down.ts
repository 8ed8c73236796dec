const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 15 * MINUTE_MS;

/** The pause after a host has throttled us. `now` in milliseconds, always of the same clock. */
export interface CoolDown {
  /** Milliseconds until a request may be made again; 0 if it may now. */
  left(now: number): number;
  /** Starts a pause after a throttled call and returns its length in milliseconds. */
  begin(now: number, retryAfterMs: number | undefined): number;
}

export interface GrowingCoolDown extends CoolDown {
  /** A call succeeded: the next pause is the shortest again. */
  reset(): void;
}

/**
 * Pauses of 1, 2, 4, 8 and then 15 minutes, lengthened by up to a quarter at random, or as long as the host asked for
 * if that is more.
 */
export const createGrowingCoolDown = (random: () => number): GrowingCoolDown => {
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
      // Parallel calls are throttled together: that is one miss.
      if (left(now) === 0) misses += 1;
      const grown = Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (misses - 1)) * (1 + random() / 4);
      span = Math.round(Math.max(grown, retryAfterMs, left(now)));
      until = now + span;
      return span;
    },
    reset() {
      misses = 0;
      until = 0;
      span = 0;
    },
  };
};

/** Pauses of `pauseMs`, or exactly as long as the host asked for. Needs a clock that is never set back. */
export const createFixedCoolDown = (pauseMs: number): CoolDown => {
  let until = Number.NEGATIVE_INFINITY;
  return {
    left: (now) => Math.max(0, until - now),
    begin(now, retryAfterMs = pauseMs) {
      until = Math.max(until, now + retryAfterMs);
      return retryAfterMs;
    },
  };
};
