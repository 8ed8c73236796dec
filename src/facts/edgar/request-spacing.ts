import { createMutex } from '../../util/promises.ts';

export interface RequestSpacingOptions {
  readonly perSecond: number;
  /** Milliseconds of a clock that is never set back. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Returns a function that resolves when the next request may be sent: in call order, each at least 1/perSecond s after
 * the previous one was really sent. So a late timer is never followed by a burst, unlike with `chat/rate-limiter.ts`,
 * which allows bursts within a second.
 */
export const createRequestSpacing = ({ perSecond, clock, wait }: RequestSpacingOptions): (() => Promise<void>) => {
  const intervalMs = 1_000 / perSecond;
  let sentAt = Number.NEGATIVE_INFINITY;
  const runExclusive = createMutex();
  return () =>
    runExclusive(async () => {
      const waitMs = sentAt + intervalMs - clock();
      if (waitMs > 0) await wait(Math.ceil(waitMs));
      sentAt = clock();
    });
};
