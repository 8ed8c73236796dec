export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Failures so far; 0 gives the first wait. */
  readonly failures: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Whole milliseconds to wait before the next try: doubles with each failure from `firstMs` to `maxMs`, half of it random,
 * so that not all come back at the same moment. A function of the number of failures, unlike cockatiel's: that number may
 * come from the store.
 */
export const backoffMs = ({ firstMs, maxMs, failures, random }: Backoff): number =>
  Math.round((Math.min(maxMs, firstMs * 2 ** failures) * (1 + random())) / 2);
