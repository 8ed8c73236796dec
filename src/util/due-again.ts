/**
 * Whether what is asked for at most every `everyMs` may be asked for again. A time that lies ahead is of a clock that was
 * wrong. All in milliseconds; undefined if it was never asked for.
 */
export const isDueAgain = (askedAt: number | undefined, everyMs: number, now: number): boolean =>
  askedAt === undefined || askedAt > now || now - askedAt >= everyMs;
