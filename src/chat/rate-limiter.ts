import { sleep as realSleep, type Sleep } from './sleep.ts';

/** A second and some tolerance, because clocks differ by milliseconds. */
const WINDOW_MS = 1_005;
/** Part of the allowed rate that is used. */
const USED_PART = 0.99;
/**
 * A request counts from its answer on, because its time of arrival is unknown. This is the latest time after sending;
 * otherwise a distant platform would get fewer requests than it allows.
 */
const MAX_TRAVEL_MS = 100;
/**
 * This many requests may be sent at once; further ones are spaced by this part of the average interval. Sent all at once,
 * they would queue at the platform, and their late answers would count for the next second.
 */
const MAX_BURST = 8;
const SPACING_PART = 0.6;
/** Slow-downs within this time count as one. */
const MIN_SLOW_DOWN_INTERVAL_MS = 1_000;
/** After a slow-down, the rate regains a fiftieth at this interval. */
const RECOVERY_INTERVAL_MS = 5_000;

export interface RateLimiterOptions {
  /** Requests a second; at least 1. */
  readonly perSecond: number;
  /** Milliseconds of a clock that is never set back. Default: the process's clock. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
}

/** Limits requests per second. */
export interface RateLimiter {
  /** Resolves when one more request may be sent, or the signal aborts. Call the result when the answer has come. */
  acquire(signal: AbortSignal): Promise<() => void>;
  /** The platform refused a request: lowers the rate by a tenth, which is regained step by step. */
  slowDown(): void;
}

/** Slots are given in call order. After a pause, requests follow each other a little faster. */
export const createRateLimiter = ({
  perSecond,
  now = () => performance.now(),
  sleep = realSleep,
}: RateLimiterOptions): RateLimiter => {
  const maxPerSecond = Math.max(1, Math.floor(perSecond * USED_PART));
  /** The latest slots, oldest first: `due` is when the request was to be sent, `at` when it was last known to be on its way. */
  const slots: { at: number; readonly due: number }[] = [];
  let lowered = maxPerSecond;
  let slowedAt = Number.NEGATIVE_INFINITY;
  const limit = (at: number): number =>
    Math.min(
      maxPerSecond,
      lowered + Math.max(0, Math.floor((at - slowedAt) / RECOVERY_INTERVAL_MS)) * Math.ceil(maxPerSecond / 50),
    );
  return {
    acquire: async (signal) => {
      const asked = now();
      const allowed = limit(asked);
      const leaving = slots.at(-allowed);
      const spaced =
        (slots.at(-MAX_BURST)?.due ?? Number.NEGATIVE_INFINITY) + (MAX_BURST * SPACING_PART * WINDOW_MS) / allowed;
      const due = Math.max(
        asked,
        spaced,
        slots.at(-1)?.due ?? asked,
        leaving === undefined ? asked : leaving.at + WINDOW_MS,
      );
      const slot = { at: due, due };
      slots.push(slot);
      if (slots.length > maxPerSecond) slots.shift();
      if (slot.at > asked) await sleep(slot.at - asked, signal);
      const sent = Math.max(slot.at, now());
      slot.at = sent;
      return () => {
        slot.at = Math.max(slot.at, Math.min(now(), sent + MAX_TRAVEL_MS));
      };
    },
    slowDown: () => {
      const at = now();
      if (at < slowedAt + MIN_SLOW_DOWN_INTERVAL_MS) return;
      lowered = Math.max(1, Math.floor(limit(at) * 0.9));
      slowedAt = at;
    },
  };
};
