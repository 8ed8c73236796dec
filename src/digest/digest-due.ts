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

/** The longest wait from a day to its digest: two days for the time zone, and a week if not all weekdays are wanted. */
const MAX_WAIT_DAYS = 9;
const MAX_WAIT_DAYS_DAILY = 2;

/** Whether `day` has a digest: every session, and a closed weekday if the channels want its one line. */
const hasDigest = ({ closedDays = false }: DigestProfile, calendar: Calendar, day: SessionDate): boolean =>
  calendar.isSession(day) || (closedDays && Temporal.PlainDate.from(day).dayOfWeek <= 5);

const isWantedWeekday = ({ days = [] }: DigestProfile, day: () => Temporal.PlainDate): boolean =>
  days.length === 0 || days.includes(day().dayOfWeek);

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

/** New York and any zone are as far apart as they get on one of these days of a year. */
const REFERENCE_DAYS = ['01-15', '07-15'];

const localDay = (instant: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();

/** Local days between the day of a session and that of its digest, by profile and year. */
const daysLater = new WeakMap<DigestProfile, Map<string, number>>();

/**
 * How many local days after `day` its digest is due at the chosen time: the fewest that a usual close of the year allows.
 * The same for all days of a year, whether they close early or a clock has just been changed, so that no two days share a
 * digest's time and none is told before one that it follows.
 */
const localDaysLater = (profile: DigestProfile, at: string, calendar: Calendar, day: SessionDate): number => {
  const year = day.slice(0, 4);
  const known = daysLater.get(profile)?.get(year);
  if (known !== undefined) return known;
  const { timeZone } = profile;
  const counts = REFERENCE_DAYS.map((reference) => {
    const date = `${year}-${reference}`;
    const earliest = calendar.usualClose(date) + FINAL_AFTER_MINUTES * MINUTE_MS - EARLY_TIME_GRACE_MS;
    const first = localDay(earliest, timeZone);
    const isLate = first.toZonedDateTime({ timeZone, plainTime: at }).epochMilliseconds >= earliest;
    return Temporal.PlainDate.from(date).until(first).days + (isLate ? 0 : 1);
  });
  const days = Math.min(...counts);
  daysLater.set(profile, (daysLater.get(profile) ?? new Map<string, number>()).set(year, days));
  return days;
};

/**
 * The local day that the digest of `day` is for: the first wanted one at which the bars of a usual day are final. Days with
 * the same one share a digest. Undefined if no time was chosen and the session ends on a day without digests.
 */
const dateOf = (profile: DigestProfile, calendar: Calendar, day: SessionDate): SessionDate | undefined => {
  const { timeZone, at } = profile;
  if (at === undefined)
    return isWantedWeekday(profile, () => localDay(finalAt(calendar, day), timeZone)) ? day : undefined;
  const first = addDays(day, localDaysLater(profile, at, calendar, day));
  for (let days = 0; days < 7; days += 1) {
    const date = addDays(first, days);
    if (isWantedWeekday(profile, () => Temporal.PlainDate.from(date))) return date;
  }
  return undefined;
};

/** When the digest of `day` is due on its local day, epoch milliseconds: at the profile's time, once the bars are final. */
const dueAt = ({ timeZone, at }: DigestProfile, calendar: Calendar, day: SessionDate, date: SessionDate): number => {
  const final = finalAt(calendar, day);
  if (at === undefined) return final;
  // A time skipped by the change to summer time is taken an hour later; of a repeated time, the first.
  return Math.max(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: at }).epochMilliseconds, final);
};

/**
 * When channels of one profile get the digest of a day: 15 minutes after the closing bell or, if a local time was
 * chosen, at that time on a wanted weekday once the bars of a usual day are final (or up to an hour before, and then when
 * the bars are final). If several days are due at the same time, as after a weekend, only the newest has a digest.
 * Undefined if `day` has none.
 */
export const digestOn = (profile: DigestProfile, calendar: Calendar, day: SessionDate): DigestDue | undefined => {
  if (!hasDigest(profile, calendar, day)) return undefined;
  const date = dateOf(profile, calendar, day);
  if (date === undefined) return undefined;
  for (let later = addDays(day, 1); later <= date; later = addDays(later, 1))
    if (hasDigest(profile, calendar, later) && dateOf(profile, calendar, later) === date) return undefined;
  return { day, closed: !calendar.isSession(day), at: dueAt(profile, calendar, day, date) };
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
  const waitDays = (profile.days ?? []).length === 0 ? MAX_WAIT_DAYS_DAILY : MAX_WAIT_DAYS;
  // No peacetime closure has lasted two weeks.
  for (let day = addDays(today, -waitDays); day <= addDays(today, 3 * MAX_WAIT_DAYS); day = addDays(day, 1)) {
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
