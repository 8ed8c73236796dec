import { sleep as realSleep, type Sleep } from './sleep.ts';

/** A second and some tolerance, because clocks differ by milliseconds. */
const WINDOW_MS = 1_005;
/**
 * This many requests may be sent at once; further ones are spaced by this part of the average interval. Sent all at once,
 * they would queue at the platform, and their late answers would count for the next second.
 */
const MAX_BURST = 8;
const SPACING_PART = 0.6;
/** At most so many seconds' slots are kept: one with a late answer counts longer than those after it. */
const KEPT_SECONDS = 2;
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

interface Slot {
  /** When the request was to be sent. */
  readonly due: number;
  sent: number;
  answered?: number;
}

/**
 * Slots are given in call order. After a pause, requests follow each other a little faster.
 *
 * When a request arrived is unknown. It counts from its answer on, less the shortest way there and back of the latest
 * requests, so that a distant platform gets as many as a near one. Until it is answered, it counts as just arrived.
 */
export const createRateLimiter = ({
  perSecond,
  now = () => performance.now(),
  sleep = realSleep,
}: RateLimiterOptions): RateLimiter => {
  const maxPerSecond = Math.max(1, Math.floor(perSecond));
  /** The slots that may still count, oldest first. */
  const slots: Slot[] = [];
  let lowered = maxPerSecond;
  let slowedAt = Number.NEGATIVE_INFINITY;
  const limit = (at: number): number =>
    Math.min(
      maxPerSecond,
      lowered + Math.max(0, Math.floor((at - slowedAt) / RECOVERY_INTERVAL_MS)) * Math.ceil(maxPerSecond / 50),
    );
  /** The latest times at which the requests can have arrived, ascending. */
  const arrivals = (asked: number): Float64Array => {
    let fastest = Number.POSITIVE_INFINITY;
    for (const { sent, answered } of slots) if (answered !== undefined) fastest = Math.min(fastest, answered - sent);
    const times = new Float64Array(slots.length);
    for (const [place, { sent, answered = asked }] of slots.entries())
      times[place] = Math.max(sent, answered - fastest);
    return times.sort();
  };
  return {
    acquire: async (signal) => {
      const asked = now();
      const allowed = limit(asked);
      while ((slots[0]?.answered ?? asked) + WINDOW_MS <= asked) slots.shift();
      const leaving = slots.length < allowed ? undefined : arrivals(asked).at(-allowed);
      const spaced =
        (slots.at(-MAX_BURST)?.due ?? Number.NEGATIVE_INFINITY) + (MAX_BURST * SPACING_PART * WINDOW_MS) / allowed;
      const due = Math.max(
        asked,
        spaced,
        slots.at(-1)?.due ?? asked,
        leaving === undefined ? asked : leaving + WINDOW_MS,
      );
      const slot: Slot = { due, sent: due };
      slots.push(slot);
      if (slots.length > KEPT_SECONDS * maxPerSecond) slots.shift();
      if (due > asked) await sleep(due - asked, signal);
      slot.sent = Math.max(due, now());
      return () => {
        slot.answered = now();
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
