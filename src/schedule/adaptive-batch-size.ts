export interface AdaptiveBatchSizeOptions {
  /** Milliseconds that a piece is meant to take: everything else waits for so long. */
  readonly aimMs: number;
  readonly fewest: number;
  readonly most: number;
}

/** How many things the next piece of a long work holds, by how long the last one took. */
export interface AdaptiveBatchSize {
  size(): number;
  /** Milliseconds that a piece of `size` has taken. */
  took(ms: number): void;
}

/** A pace that begins small, at most doubles, and drops at once where a piece was slow. */
export const createAdaptiveBatchSize = ({ aimMs, fewest, most }: AdaptiveBatchSizeOptions): AdaptiveBatchSize => {
  let size = fewest;
  return {
    size: () => size,
    took: (ms) => {
      const fits = Math.floor((size * aimMs) / Math.max(ms, 0.1));
      size = Math.max(fewest, Math.min(most, 2 * size, fits));
    },
  };
};
