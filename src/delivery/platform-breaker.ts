import type { Outcome } from '../chat/platform.ts';
import { deliveryBackoffMs } from './retry-delays.ts';

/** Lost replies in a row that open the breaker. */
const MAX_LOST_REPLIES = 32;
/** Wait if the platform asks for one without naming its length. */
const DEFAULT_WAIT_MS = 1_000;

/** Circuit breaker of a platform. Times in epoch milliseconds. */
interface PlatformBreaker {
  /** Records the outcome of an attempt. If it has just opened the breaker, returns the time until which it is open. */
  record(outcome: Outcome, now: number): number | undefined;
  /** Whether nothing is to be tried on the platform at `now`. */
  isHeld(now: number): boolean;
  /** Whether to try one card alone, to see if the platform is back. */
  isProbing(): boolean;
}

/** Stops attempts on a platform that asks to wait as a whole, or from which no replies come. */
export const createPlatformBreaker = (random: () => number): PlatformBreaker => {
  let lostReplies = 0;
  let openUntil = Number.NEGATIVE_INFINITY;
  let openedAt = Number.NEGATIVE_INFINITY;
  // A time before `openedAt` means that the clock was set back: the wait is over.
  const isHeld = (now: number): boolean => now >= openedAt && now < openUntil;
  return {
    record: (outcome, now) => {
      if (outcome.kind === 'later' && outcome.everywhere) {
        openUntil = Math.max(isHeld(now) ? openUntil : now, now + (outcome.afterMs ?? DEFAULT_WAIT_MS));
        openedAt = now;
        return undefined;
      }
      const lost = outcome.kind === 'unknown' || (outcome.kind === 'later' && outcome.afterMs === undefined);
      lostReplies = lost ? lostReplies + 1 : 0;
      if (lostReplies < MAX_LOST_REPLIES || isHeld(now)) return undefined;
      openedAt = now;
      openUntil = now + deliveryBackoffMs(lostReplies - MAX_LOST_REPLIES + 1, random);
      return openUntil;
    },
    isHeld,
    isProbing: () => lostReplies >= MAX_LOST_REPLIES,
  };
};
