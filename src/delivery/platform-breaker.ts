import type { Outcome } from '../chat/platform.ts';
import { deliveryBackoff } from './backoff.ts';

/** So many answers in a row without one that Discord or Slack gave themselves: the platform is in trouble. */
const MAX_LOST_IN_A_ROW = 32;

export interface PlatformBreaker {
  /** Takes note of what a try came to at `now`; says until when nothing is to be tried, where that has just begun. */
  record(outcome: Outcome, now: number): number | undefined;
  /** True where nothing is to be tried on the platform at `now`. */
  isHeld(now: number): boolean;
  /** True where one card is to be tried before all others: whether the platform is back. */
  isProbing(): boolean;
}

/** Tells when a platform as a whole asks to wait, or gives no answers: then its channels are not all tried in vain. */
export const createPlatformBreaker = (random: () => number): PlatformBreaker => {
  let inARow = 0;
  let until = Number.NEGATIVE_INFINITY;
  let since = Number.NEGATIVE_INFINITY;
  // Before the answer that began it can only mean that the clock was set back.
  const isHeld = (now: number): boolean => now >= since && now < until;
  return {
    record: (outcome, now) => {
      if (outcome.kind === 'later' && outcome.everywhere) {
        until = Math.max(isHeld(now) ? until : now, now + (outcome.afterMs ?? 1_000));
        since = now;
        return undefined;
      }
      const lost = outcome.kind === 'unknown' || (outcome.kind === 'later' && outcome.afterMs === undefined);
      inARow = lost ? inARow + 1 : 0;
      if (inARow < MAX_LOST_IN_A_ROW || isHeld(now)) return undefined;
      since = now;
      until = now + deliveryBackoff(inARow - MAX_LOST_IN_A_ROW + 1, random);
      return until;
    },
    isHeld,
    isProbing: () => inARow >= MAX_LOST_IN_A_ROW,
  };
};
