import { backoffMs } from '../util/backoff.ts';
import { MINUTE_MS } from '../util/durations.ts';

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 5 * MINUTE_MS;

/**
 * Whole milliseconds before attempt number `attempts` + 1: doubles from 2 seconds to 5 minutes, half of it random. `random`
 * returns a number in [0, 1).
 */
export const deliveryBackoffMs = (attempts: number, random: () => number): number =>
  backoffMs({ firstMs: FIRST_RETRY_MS, maxMs: MAX_RETRY_MS, failures: attempts - 1, random });

const FIRST_PAUSE_RETRY_MS = 10 * MINUTE_MS;
const MAX_PAUSE_RETRY_MS = 60 * MINUTE_MS;

/**
 * Attempts on all paused channels of a platform. Each is a 403, and a client may be banned after 10,000 of them in ten
 * minutes: these are 300 in that time, and twice as many when many channels are paused at once.
 */
const PAUSED_ATTEMPTS_PER_MINUTE = 30;

/**
 * Whole milliseconds until the next attempt on a paused channel: 10 minutes at first, then as long as the pause has lasted, at
 * most an hour, and longer if many channels are paused. `pausedForMs` is the age of the pause, `pausedChannels` the
 * number of paused channels of the platform, `random` returns a number in [0, 1).
 */
export const pauseRetryMs = (pausedForMs: number, pausedChannels: number, random: () => number): number => {
  const ownMs = Math.min(MAX_PAUSE_RETRY_MS, Math.max(FIRST_PAUSE_RETRY_MS, pausedForMs));
  const sharedMs = (pausedChannels / PAUSED_ATTEMPTS_PER_MINUTE) * MINUTE_MS;
  return Math.round(Math.max(ownMs, sharedMs) * (1 + random() / 5));
};
