import { type DigestProfile, digestProfile } from '../channels/digest-key.ts';
import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from '../market/calendar.ts';
import type { ChannelSettings } from '../stories/channel.ts';

/** The day that a digest tells of, and when it is to go out. */
export interface Due {
  /** A session, or a weekday on which the exchange is closed. */
  readonly day: SessionDate;
  readonly closed: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

const step = (day: SessionDate, days: number): SessionDate => Temporal.PlainDate.from(day).add({ days }).toString();

/** True where `day` is told of: every session, and a closed weekday where the channels want its one line. */
const isTold = ({ closedDays = false }: DigestProfile, calendar: Calendar, day: SessionDate): boolean =>
  calendar.isSession(day) || (closedDays && Temporal.PlainDate.from(day).dayOfWeek <= 5);

const isWanted = ({ days = [] }: DigestProfile, dayOfWeek: number): boolean =>
  days.length === 0 || days.includes(dayOfWeek);

/** When all of `day` is known; a closed one's after the bell that it would have had. */
const knownAt = (calendar: Calendar, day: SessionDate): number =>
  (calendar.hours(day)?.close ?? calendar.usualClose(day)) + FINAL_AFTER_MINUTES * 60_000;

/** Told at a time less than an hour before a day's bars are final, as at the bell, people mean that day: it waits for them. */
const WAIT_MS = 3_600_000;

/** The first moment of a wanted day at the profile's time, or when all of `day` is known, where that is a little later. */
const dueAt = (profile: DigestProfile, calendar: Calendar, day: SessionDate): number | undefined => {
  const { timeZone, at } = profile;
  const known = knownAt(calendar, day);
  const localDay = (instant: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  if (at === undefined) return isWanted(profile, localDay(known).dayOfWeek) ? known : undefined;
  const earliest = known - WAIT_MS;
  const first = localDay(earliest);
  // Eight days hold every day of the week once, and the first of them once more.
  for (let days = 0; days <= 8; days += 1) {
    const local = first.add({ days });
    // A time that the change to summer time leaves out is taken an hour later; of one that comes twice, the first.
    const instant = local.toZonedDateTime({ timeZone, plainTime: at }).epochMilliseconds;
    if (instant >= earliest && isWanted(profile, local.dayOfWeek)) return Math.max(instant, known);
  }
  return undefined;
};

/**
 * When channels of one profile get the digest of a day: a quarter of an hour after the exchange's bell or, where a local
 * time is named, at the first such time after that (or less than an hour before it, and then when the bars are final),
 * on the wanted days of the zone. Of several days due at the same
 * moment, as after a weekend, only the newest is told. Undefined where `day` is not told of.
 */
export const digestOn = (profile: DigestProfile, calendar: Calendar, day: SessionDate): Due | undefined => {
  if (!isTold(profile, calendar, day)) return undefined;
  const at = dueAt(profile, calendar, day);
  if (at === undefined) return undefined;
  for (let later = step(day, 1); knownAt(calendar, later) <= at; later = step(later, 1))
    if (isTold(profile, calendar, later) && dueAt(profile, calendar, later) === at) return undefined;
  return { day, closed: !calendar.isSession(day), at };
};

/** The longest wait from a day to its digest: a week for one weekday, and a day for the zone. */
const LOOK_BACK = 9;

/** All that fell due after the digest of `after` and up to `now`, oldest first; without `after` the newest alone. */
export const duesSince = (
  profile: DigestProfile,
  calendar: Calendar,
  after: SessionDate | undefined,
  now: number,
): readonly Due[] => {
  const today = calendar.dayOf(now);
  const dues: Due[] = [];
  const first = after === undefined ? step(today, -2 * LOOK_BACK) : step(after, 1);
  for (let day = first; day <= today; day = step(day, 1)) {
    const due = digestOn(profile, calendar, day);
    if (due && due.at <= now) dues.push(due);
  }
  return after === undefined ? dues.slice(-1) : dues;
};

/** The first digest after `now`. */
export const nextDigest = (profile: DigestProfile, calendar: Calendar, now: number): Due | undefined => {
  const today = calendar.dayOf(now);
  // A fortnight without a session has never been, but for wars; past that nobody wants to know.
  for (let day = step(today, -LOOK_BACK); day <= step(today, 3 * LOOK_BACK); day = step(day, 1)) {
    const due = digestOn(profile, calendar, day);
    if (due && due.at > now) return due;
  }
  return undefined;
};

/** When the next digest of a channel is due, epoch milliseconds; undefined where it wants none. */
export const nextDigestAt = (
  settings: ChannelSettings,
  timeZone: string,
  calendar: Calendar,
  now: number,
): number | undefined => {
  const profile = digestProfile(settings, timeZone);
  return profile && nextDigest(profile, calendar, now)?.at;
};
