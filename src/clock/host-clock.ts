import { MINUTE_MS } from '../util/durations.ts';
import { FURTHEST_MS, TOLERANCE_MS } from './bot-clock.ts';
import { timeOfHeaders } from './date-headers.ts';

/** As far as our clock may be ahead of a host's that has not answered yet. */
const UNKNOWN_AHEAD_MS = 65 * MINUTE_MS;

/** What a host's own answers say about its clock. */
export interface HostClock {
  /** Takes the headers of an answer. */
  note(headers: Pick<Headers, 'get'>): void;
  /** The earliest that a time of ours can have been by the host's clock; both epoch milliseconds. */
  earliestOf(ours: number): number;
}

/** `now`: our clock, epoch milliseconds. */
export const createHostClock = (now: () => number): HostClock => {
  let aheadMs = UNKNOWN_AHEAD_MS;
  return {
    note: (headers) => {
      const time = timeOfHeaders(headers);
      if (time !== undefined && Math.abs(now() - time) < FURTHEST_MS) aheadMs = Math.max(0, now() - time);
    },
    earliestOf: (ours) => ours - aheadMs - TOLERANCE_MS,
  };
};
