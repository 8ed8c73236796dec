import type { LongestWaits } from '../store/clock-stamps.ts';
import { HOUR_MS } from '../util/durations.ts';
import { LEASE_MS } from './delivery-loop.ts';
import { UNCONFIRMED_DECISION_MS } from './record-attempt.ts';
import { pauseRetryMs } from './retry-delays.ts';

/** The longest that anything in the queue waits; a platform may ask for an hour. */
export const LONGEST_WAITS: LongestWaits = {
  retryMs: HOUR_MS,
  leaseMs: LEASE_MS,
  unsureMs: UNCONFIRMED_DECISION_MS,
  pauseMs: (pausedChannels) => pauseRetryMs(Number.POSITIVE_INFINITY, pausedChannels, () => 1),
};
