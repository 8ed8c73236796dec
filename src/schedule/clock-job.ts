import { type ClockReading, setAheadBy } from '../clock/set-watch.ts';
import { bringBackStamps, type LongestWaits } from '../store/clock-stamps.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Job } from './scheduler.ts';

/** How far the clock was set back between two wakes, milliseconds; 0 if it does not show an earlier time than before. */
export const setBackBy = (before: ClockReading, now: ClockReading): number =>
  now.time < before.time ? Math.max(0, -setAheadBy(before, now)) : 0;

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
