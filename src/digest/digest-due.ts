import { type DigestProfile, digestProfile } from '../channels/digest-profile.ts';
import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from '../market/calendar.ts';
import type { ChannelSettings } from '../stories/channel.ts';
import { addDays } from '../util/day.ts';
import { HOUR_MS, MINUTE_MS } from '../util/durations.ts';

/** The day that a digest covers, and when the digest is due. */
export interface DigestDue {
  /** A session, or a weekday on which the exchange is closed. */
  readonly day: SessionDate;
  readonly closed: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * A chosen time up to this long before a day's bars are final, such as the closing bell, means that day: its digest
 * waits for the bars.
 */
const EARLY_TIME_GRACE_MS = HOUR_MS;

/** The longest wait from a day to its digest: a week if one weekday is wanted, and two days for the time zone. */
const MAX_WAIT_DAYS = 9;

/** Whether `day` has a digest: every session, and a closed weekday if the channels want its one line. */
const hasDigest = ({ closedDays = false }: DigestProfile, calendar: Calendar, day: SessionDate): boolean =>
  calendar.isSession(day) || (closedDays && Temporal.PlainDate.from(day).dayOfWeek <= 5);

const isWantedWeekday = ({ days = [] }: DigestProfile, dayOfWeek: number): boolean =>
  days.length === 0 || days.includes(dayOfWeek);

/** When the bars of `day` are final, epoch milliseconds; for a closed day, when they would have been. */
const finalAt = (calendar: Calendar, day: SessionDate): number =>
  (calendar.hours(day)?.close ?? calendar.usualClose(day)) + FINAL_AFTER_MINUTES * MINUTE_MS;

/**
 * When the digest of a session is due if no other time was chosen, epoch milliseconds. Throws RangeError for a day
 * without a session.
 */
export const usualDigestAt = (calendar: Calendar, session: SessionDate): number => {
  if (!calendar.isSession(session)) throw new RangeError(`Expected a session, got ${session}`);
  return finalAt(calendar, session);
};

/** The first wanted day at the profile's time once the bars of `day` are final, or nearly (EARLY_TIME_GRACE_MS). */
const dueAt = (profile: DigestProfile, calendar: Calendar, day: SessionDate): number | undefined => {
  const { timeZone, at } = profile;
  const final = finalAt(calendar, day);
  const localDay = (instant: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  if (at === undefined) return isWantedWeekday(profile, localDay(final).dayOfWeek) ? final : undefined;
  const earliest = final - EARLY_TIME_GRACE_MS;
  const first = localDay(earliest);
  // Nine days hold every weekday, and the first two of them twice.
  for (let days = 0; days <= 8; days += 1) {
    const local = first.add({ days });
    // A time skipped by the change to summer time is taken an hour later; of a repeated time, the first.
    const instant = local.toZonedDateTime({ timeZone, plainTime: at }).epochMilliseconds;
    if (instant >= earliest && isWantedWeekday(profile, local.dayOfWeek)) return Math.max(instant, final);
  }
  return undefined;
};

/**
 * When channels of one profile get the digest of a day: 15 minutes after the closing bell or, if a local time was
 * chosen, at its first occurrence on a wanted weekday after that (or up to an hour before, and then when the bars are
 * final). If several days are due at the same instant, as after a weekend, only the newest has a digest. Undefined if
 * `day` has none.
 */
export const digestOn = (profile: DigestProfile, calendar: Calendar, day: SessionDate): DigestDue | undefined => {
  if (!hasDigest(profile, calendar, day)) return undefined;
  const at = dueAt(profile, calendar, day);
  if (at === undefined) return undefined;
  for (let later = addDays(day, 1); finalAt(calendar, later) <= at; later = addDays(later, 1))
    if (hasDigest(profile, calendar, later) && dueAt(profile, calendar, later) === at) return undefined;
  return { day, closed: !calendar.isSession(day), at };
};

/** All digests due after that of `after` and up to `now`, oldest first; without `after` only the newest. */
export const duesSince = (
  profile: DigestProfile,
  calendar: Calendar,
  after: SessionDate | undefined,
  now: number,
): readonly DigestDue[] => {
  const today = calendar.dayOf(now);
  const dues: DigestDue[] = [];
  const first = after === undefined ? addDays(today, -2 * MAX_WAIT_DAYS) : addDays(after, 1);
  for (let day = first; day <= today; day = addDays(day, 1)) {
    const due = digestOn(profile, calendar, day);
    if (due && due.at <= now) dues.push(due);
  }
  return after === undefined ? dues.slice(-1) : dues;
};

/** The first digest due after `now`. */
export const nextDigest = (profile: DigestProfile, calendar: Calendar, now: number): DigestDue | undefined => {
  const today = calendar.dayOf(now);
  // No peacetime closure has lasted two weeks.
  for (let day = addDays(today, -MAX_WAIT_DAYS); day <= addDays(today, 3 * MAX_WAIT_DAYS); day = addDays(day, 1)) {
    const due = digestOn(profile, calendar, day);
    if (due && due.at > now) return due;
  }
  return undefined;
};

/** When the next digest of a channel is due, epoch milliseconds; undefined if the channel wants none. */
export const nextDigestAt = (
  settings: ChannelSettings,
  timeZone: string,
  calendar: Calendar,
  now: number,
): number | undefined => {
  const profile = digestProfile(settings, timeZone);
  return profile && nextDigest(profile, calendar, now)?.at;
};
