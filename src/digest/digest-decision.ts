import type { DigestProfile } from '../channels/digest-key.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { type Due, duesSince } from './digest-due.ts';

/** A digest that could not be told for so long is told no more. */
const WORTH_MS = 6 * 3_600_000;
/** Told later than this after its time, it says so. */
const LATE_MS = 30 * 60_000;
/** Further back than any digest waits. */
const LONG_AGO_DAYS = 10;

/** Why a digest is not told: too long ago, a newer one is due as well, or none of the session's closes can be had. */
export type Skipped = 'old' | 'superseded' | 'no-closes';

/** What is to be done about all that has fallen due. */
export interface DigestDecision {
  /** The newest. */
  readonly due: Due;
  /** True where it is still worth telling. */
  readonly tell: boolean;
  /** What is told no more. */
  readonly skipped: readonly Skipped[];
}

/** True where a digest that is told at `now` has to say that it comes late. */
export const isDigestLate = ({ at }: Due, now: number): boolean => now - at > LATE_MS;

/** The day up to which all counts as decided for times that are seen for the first time at `now`. */
export const firstDecided = (profile: DigestProfile, calendar: Calendar, now: number): SessionDate => {
  const [newest] = duesSince(profile, calendar, undefined, now);
  if (newest) return newest.day;
  return Temporal.PlainDate.from(calendar.dayOf(now)).subtract({ days: LONG_AGO_DAYS }).toString();
};

/** Decides on what is due after the digest of `decided` and up to `now`; undefined where nothing is. */
export const decideDigest = (
  profile: DigestProfile,
  calendar: Calendar,
  decided: SessionDate,
  now: number,
): DigestDecision | undefined => {
  const dues = duesSince(profile, calendar, decided, now);
  const due = dues.at(-1);
  if (!due) return undefined;
  const isOld = ({ at }: Due): boolean => now - at > WORTH_MS;
  const skipped = dues.flatMap((it): Skipped[] => (isOld(it) ? ['old'] : it === due ? [] : ['superseded']));
  return { due, tell: !isOld(due), skipped };
};
