import type { Outcome } from '../chat/platform.ts';
import { backoff } from './backoff.ts';

/** So many answers in a row without one that Discord or Slack gave themselves: the platform is in trouble. */
const IN_A_ROW = 32;

export interface Trouble {
  /** Takes note of what a try came to at `now`; says until when nothing is to be tried, where that has just begun. */
  saw(outcome: Outcome, now: number): number | undefined;
  /** True where nothing is to be tried on the platform at `now`. */
  isHeld(now: number): boolean;
  /** True where one card is to be tried before all others: whether the platform is back. */
  probing(): boolean;
}

/** Tells when a platform as a whole asks to wait, or gives no answers: then its channels are not all tried in vain. */
export const createTrouble = (random: () => number): Trouble => {
  let inARow = 0;
  let until = Number.NEGATIVE_INFINITY;
  let since = Number.NEGATIVE_INFINITY;
  // Before the answer that began it can only mean that the clock was set back.
  const isHeld = (now: number): boolean => now >= since && now < until;
  return {
    saw: (outcome, now) => {
      if (outcome.kind === 'later' && outcome.everywhere) {
        until = Math.max(isHeld(now) ? until : now, now + (outcome.afterMs ?? 1_000));
        since = now;
        return undefined;
      }
      const lost = outcome.kind === 'unknown' || (outcome.kind === 'later' && outcome.afterMs === undefined);
      inARow = lost ? inARow + 1 : 0;
      if (inARow < IN_A_ROW || isHeld(now)) return undefined;
      since = now;
      until = now + backoff(inARow - IN_A_ROW + 1, random);
      return until;
    },
    isHeld,
    probing: () => inARow >= IN_A_ROW,
  };
};
