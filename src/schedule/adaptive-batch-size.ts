export interface AdaptiveBatchSizeOptions {
  /** How long a batch should take, milliseconds: everything else waits for it. */
  readonly targetMs: number;
  readonly min: number;
  readonly max: number;
}

/** The size of the next batch of a long job, by how long the last one took. */
export interface AdaptiveBatchSize {
  size(): number;
  /** Records how long the batch of `size` took, milliseconds. */
  took(ms: number): void;
}

/** Starts at `min`, at most doubles after each batch, and drops at once after a slow one. */
export const createAdaptiveBatchSize = ({ targetMs, min, max }: AdaptiveBatchSizeOptions): AdaptiveBatchSize => {
  let size = min;
  return {
    size: () => size,
    took: (ms) => {
      const fits = Math.floor((size * targetMs) / Math.max(ms, 0.1));
      size = Math.max(min, Math.min(max, 2 * size, fits));
    },
  };
};
