/** The computer's clock has been set if it has moved by this much more or less than a clock that is never set. */
export const STEP_MS = 30_000;

/** A clock, and at that moment one that is never set; both in milliseconds. */
export interface ClockReading {
  readonly time: number;
  readonly monotonic: number;
}

/** By how much a clock was set ahead between two readings, milliseconds; negative if it was set back, 0 if it was not set. */
export const setAheadBy = (before: ClockReading, now: ClockReading): number => {
  const aheadMs = now.time - before.time - (now.monotonic - before.monotonic);
  return Math.abs(aheadMs) > STEP_MS ? aheadMs : 0;
};

export interface SetWatchOptions {
  /** The computer's clock, epoch milliseconds. Default: that. */
  readonly wall?: () => number;
  /** Milliseconds of a clock that is never set. Default: the process's own. */
  readonly monotonic?: () => number;
}

/** Both clocks at one moment, and by how much the computer's was set since they were last read; 0 if it was not. */
export interface SetReading {
  readonly wall: number;
  readonly monotonic: number;
  readonly aheadMs: number;
}

/** Returns a function that reads both clocks. */
export const createSetWatch = ({
  wall = Date.now,
  monotonic = () => performance.now(),
}: SetWatchOptions = {}): (() => SetReading) => {
  const read = (): ClockReading => ({ time: wall(), monotonic: monotonic() });
  let last = read();
  return () => {
    const now = read();
    const aheadMs = setAheadBy(last, now);
    last = now;
    return { wall: now.time, monotonic: now.monotonic, aheadMs };
  };
};
