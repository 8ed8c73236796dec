/** The computer's clock has been set if it has moved by this much more or less than a clock that is never set. */
export const STEP_MS = 30_000;

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
  let last = { wall: wall(), monotonic: monotonic() };
  return () => {
    const now = { wall: wall(), monotonic: monotonic() };
    const aheadMs = now.wall - last.wall - (now.monotonic - last.monotonic);
    last = now;
    return { ...now, aheadMs: Math.abs(aheadMs) > STEP_MS ? aheadMs : 0 };
  };
};
