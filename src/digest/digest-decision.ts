import type { DigestProfile } from '../channels/digest-profile.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { addDays } from '../util/day.ts';
import { HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { type DigestDue, duesSince } from './digest-due.ts';

/** A digest later than this is skipped. */
const MAX_DELAY_MS = 6 * HOUR_MS;
/** A digest later than this says so. */
const LATE_AFTER_MS = 30 * MINUTE_MS;
/** Longer than the wait from any day to its digest. */
const INITIAL_LOOK_BACK_DAYS = 10;

/**
 * Why a digest is skipped: more than six hours late, a newer one is due as well, or no close of the session is known.
 */
export type SkipReason = 'old' | 'superseded' | 'no-closes';

/** What to do with the digests that are due. */
export interface DigestDecision {
  /** The newest. */
  readonly due: DigestDue;
  /** Whether the newest is still worth posting. */
  readonly enqueue: boolean;
  readonly skipped: readonly SkipReason[];
}

/** Whether a digest enqueued at `now` has to say that it is late. */
export const isDigestLate = ({ at }: DigestDue, now: number): boolean => now - at > LATE_AFTER_MS;

/** The day up to which everything counts as decided, for a profile first seen at `now`. */
export const initialDecidedDay = (profile: DigestProfile, calendar: Calendar, now: number): SessionDate => {
  const [newest] = duesSince(profile, calendar, undefined, now);
  return newest?.day ?? addDays(calendar.dayOf(now), -INITIAL_LOOK_BACK_DAYS);
};

/** Decides on what is due after the digest of `decided` and up to `now`; undefined if nothing is. */
export const decideDigest = (
  profile: DigestProfile,
  calendar: Calendar,
  decided: SessionDate,
  now: number,
): DigestDecision | undefined => {
  const dues = duesSince(profile, calendar, decided, now);
  const due = dues.at(-1);
  if (!due) return undefined;
  const isOld = ({ at }: DigestDue): boolean => now - at > MAX_DELAY_MS;
  const skipped = dues.flatMap((it): SkipReason[] => (isOld(it) ? ['old'] : it === due ? [] : ['superseded']));
  return { due, enqueue: !isOld(due), skipped };
};
