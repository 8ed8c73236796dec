/** A closing price told later than this after the bell was not watched when it happened. */
const LATE_AFTER_MS = 45 * 60_000;

/** Whether a close of `closedAt` that is told at `now` (epoch milliseconds) is told late. */
export const isCloseLate = (closedAt: number, now: number): boolean => now - closedAt > LATE_AFTER_MS;
