export interface RequestSpacingOptions {
  readonly perSecond: number;
  /** Milliseconds on a clock that only goes forward. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Resolves when the next request may go out: one at a time, in the order of asking, each at least 1/perSecond s after
 * the one before really went, so that a late timer never makes two of them crowd.
 */
export const createRequestSpacing = ({ perSecond, clock, wait }: RequestSpacingOptions): (() => Promise<void>) => {
  const gap = 1_000 / perSecond;
  let last = Number.NEGATIVE_INFINITY;
  let queue: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = queue.then(async () => {
      const left = last + gap - clock();
      if (left > 0) await wait(Math.ceil(left));
      last = clock();
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
};
