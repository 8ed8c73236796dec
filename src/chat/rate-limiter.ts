import { sleep as realSleep, type Sleep } from './sleep.ts';

/** A second, and a little: clocks do not agree to the millisecond. */
const WINDOW_MS = 1_005;
/** Of what is allowed. */
const SHARE = 0.99;
/**
 * A request counts from its answer on, for nobody knows when in between it arrived; but no longer after it was sent
 * than this, or a platform that is far away would get less than it allows.
 */
const ON_ITS_WAY_MS = 100;
/**
 * So many requests may follow each other at once; more of them come apart, by this share of the time that each has on
 * average. Sent all at once, they would wait for each other, and their late answers count for the next second.
 */
const AT_ONCE = 8;
const APART = 0.6;
/** Complaints so close together are one. */
const ONE_COMPLAINT_MS = 1_000;
/** After a complaint, so long until the pace is given another fiftieth back. */
const RECOVERY_MS = 5_000;

export interface RateLimiterOptions {
  /** Requests a second; at least 1. */
  readonly perSecond: number;
  /** Milliseconds of a clock that is never set back; the process's own by default. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
}

/** Spaces requests, so that no second holds more than so many of them. */
export interface RateLimiter {
  /** Resolves when one more request may go out, or the signal is aborted; what it resolves with is told of the answer. */
  turn(signal: AbortSignal): Promise<() => void>;
  /** The platform found it too much: a tenth less from now on, given back bit by bit. */
  slower(): void;
}

/** Turns are given in the order in which they are asked for; after a pause they follow each other a little faster. */
export const createRateLimiter = ({
  perSecond,
  now = () => performance.now(),
  sleep = realSleep,
}: RateLimiterOptions): RateLimiter => {
  const most = Math.max(1, Math.floor(perSecond * SHARE));
  /** The last turns, oldest first: when each was to come, and when it was last known to be on its way. */
  const turns: { at: number; readonly due: number }[] = [];
  let least = most;
  let slowedAt = Number.NEGATIVE_INFINITY;
  const limit = (at: number): number =>
    Math.min(most, least + Math.max(0, Math.floor((at - slowedAt) / RECOVERY_MS)) * Math.ceil(most / 50));
  return {
    turn: async (signal) => {
      const asked = now();
      const allowed = limit(asked);
      const before = turns.at(-allowed);
      const apart = (turns.at(-AT_ONCE)?.due ?? Number.NEGATIVE_INFINITY) + (AT_ONCE * APART * WINDOW_MS) / allowed;
      const due = Math.max(
        asked,
        apart,
        turns.at(-1)?.due ?? asked,
        before === undefined ? asked : before.at + WINDOW_MS,
      );
      const mine = { at: due, due };
      turns.push(mine);
      if (turns.length > most) turns.shift();
      if (mine.at > asked) await sleep(mine.at - asked, signal);
      const sent = Math.max(mine.at, now());
      mine.at = sent;
      return () => {
        mine.at = Math.max(mine.at, Math.min(now(), sent + ON_ITS_WAY_MS));
      };
    },
    slower: () => {
      const at = now();
      if (at < slowedAt + ONE_COMPLAINT_MS) return;
      least = Math.max(1, Math.floor(limit(at) * 0.9));
      slowedAt = at;
    },
  };
};
