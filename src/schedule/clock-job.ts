import { STEP_MS } from '../clock/set-watch.ts';
import { bringBackStamps, type LongestWaits } from '../store/clock-stamps.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Job } from './scheduler.ts';

/** How far the clock was set back between two wakes, milliseconds; 0 if it was not. */
export const setBackBy = (before: ClockReading, now: ClockReading): number => {
  const backMs = now.monotonic - before.monotonic - (now.time - before.time);
  return now.time < before.time && backMs > STEP_MS ? backMs : 0;
};

/** The bot's clock, and at that moment one that is never set; both in milliseconds. */
export interface ClockReading {
  readonly time: number;
  readonly monotonic: number;
}

interface ClockJobParts {
  readonly store: Store;
  readonly waits: LongestWaits;
  readonly log: Logger;
  readonly monotonic?: () => number;
}

/**
 * Looks at every wake whether the bot's clock was set back, and brings back what is stored for later. Every other job sees
 * by itself that it runs at an earlier time than before, and begins anew, as after a start.
 * @throws StoreError
 */
export const createClockJob = ({ store, waits, log, monotonic = () => performance.now() }: ClockJobParts): Job => {
  let before: ClockReading | undefined;
  return {
    name: 'clock',
    run: async (time) => {
      const now = { time, monotonic: monotonic() };
      const backMs = before ? setBackBy(before, now) : 0;
      if (backMs > 0) {
        await store.transaction((db) => bringBackStamps(db, time, { backMs: Math.round(backMs), waits }));
        log.warn({ backMs: Math.round(backMs) }, 'clock set back');
      }
      before = now;
    },
  };
};
