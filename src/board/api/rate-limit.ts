/** How often programs may ask: so many at once, and so many a second in the long run. */
export const API_RATE = { burst: 60, perSecond: 5 } as const;

/** Counts requests. `clock` gives milliseconds that never go back. Returns the seconds to wait; 0 if a request may be answered. */
export const createRateLimit = (
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  clock: () => number,
): (() => number) => {
  let left: number = burst;
  let at = clock();
  return () => {
    const now = clock();
    left = Math.min(burst, left + ((now - at) / 1_000) * perSecond);
    at = now;
    if (left < 1) return Math.ceil((1 - left) / perSecond);
    left -= 1;
    return 0;
  };
};
