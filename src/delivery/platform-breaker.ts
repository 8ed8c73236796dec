import type { Outcome, WaitEverywhere } from '../chat/platform.ts';
import { backoffMs } from '../util/backoff.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { deliveryBackoffMs } from './retry-delays.ts';

/** Lost replies in a row that open the breaker. */
const MAX_LOST_REPLIES = 32;

/** What closes a whole platform: no replies, or a wait that it asks for. */
type Cause = WaitEverywhere | 'credential' | 'silent';

/** First and longest wait if the platform names none. They double while the refusals go on. */
const WAITS: Readonly<Record<Exclude<Cause, 'silent'>, { readonly firstMs: number; readonly maxMs: number }>> = {
  throttled: { firstMs: 1_000, maxMs: MINUTE_MS },
  refused: { firstMs: 30_000, maxMs: 10 * MINUTE_MS },
  banned: { firstMs: 3 * MINUTE_MS, maxMs: 60 * MINUTE_MS },
  credential: { firstMs: MINUTE_MS, maxMs: 15 * MINUTE_MS },
};

/** Why nothing is posted on a platform. Epoch milliseconds. */
export interface Closure {
  readonly cause: Cause;
  readonly reason: string;
  /** When the first refusal in a row came. */
  readonly since: number;
  readonly until: number;
}

/** Circuit breaker of a platform. Times in epoch milliseconds. */
export interface PlatformBreaker {
  /** Records the outcome of an attempt. Returns the closure that it has just begun or made longer. */
  record(outcome: Outcome, now: number): Closure | undefined;
  /** Whether nothing is to be tried on the platform at `now`. */
  isHeld(now: number): boolean;
  /** Whether to try one card alone, to see if the platform is back. */
  isProbing(): boolean;
  /** Why the platform is closed, until a card is taken again. */
  closure(): Closure | undefined;
}

/** What an outcome says of the platform as a whole; undefined: nothing. */
const causeOf = (outcome: Outcome): Exclude<Cause, 'silent'> | undefined => {
  if (outcome.kind === 'credential') return 'credential';
  return outcome.kind === 'later' ? outcome.everywhere : undefined;
};

const reasonOf = (outcome: Outcome): string => {
  if (outcome.kind === 'credential') return `${outcome.reason} ${outcome.remedy}`.trim();
  return 'reason' in outcome ? outcome.reason : '';
};

/** Stops attempts on a platform that asks to wait as a whole, that refuses the bot, or from which no replies come. */
export const createPlatformBreaker = (random: () => number): PlatformBreaker => {
  let lostReplies = 0;
  let refusals = 0;
  let closed: Closure | undefined;
  let openedAt = Number.NEGATIVE_INFINITY;
  // A time before `openedAt` means that the clock was set back: the wait is over.
  const isHeld = (now: number): boolean => closed !== undefined && now >= openedAt && now < closed.until;

  const close = (cause: Cause, reason: string, now: number, waitMs: number): Closure => {
    const held = closed !== undefined && isHeld(now) ? closed.until : now;
    openedAt = now;
    closed = {
      cause,
      reason,
      since: closed?.cause === cause ? Math.min(closed.since, now) : now,
      until: Math.max(held, now + waitMs),
    };
    return closed;
  };

  return {
    record: (outcome, now) => {
      const cause = causeOf(outcome);
      if (cause !== undefined) {
        const afterMs = outcome.kind === 'later' ? outcome.afterMs : undefined;
        // Many cards are under way at once: their refusals count as one.
        const held = isHeld(now);
        if (!held && cause !== 'throttled') refusals += 1;
        if (held && afterMs === undefined) return undefined;
        const { firstMs, maxMs } = WAITS[cause];
        return close(
          cause,
          reasonOf(outcome),
          now,
          afterMs ?? backoffMs({ firstMs, maxMs, failures: Math.max(0, refusals - 1), random }),
        );
      }
      const lost = outcome.kind === 'unknown' || (outcome.kind === 'later' && outcome.afterMs === undefined);
      if (!lost) {
        lostReplies = 0;
        refusals = 0;
        // A wait that the platform named holds though a card that was under way is taken.
        if (!isHeld(now)) closed = undefined;
        return undefined;
      }
      lostReplies += 1;
      if (lostReplies < MAX_LOST_REPLIES || isHeld(now)) return undefined;
      return close('silent', reasonOf(outcome), now, deliveryBackoffMs(lostReplies - MAX_LOST_REPLIES + 1, random));
    },
    isHeld,
    isProbing: () => refusals > 0 || lostReplies >= MAX_LOST_REPLIES,
    closure: () => closed,
  };
};
