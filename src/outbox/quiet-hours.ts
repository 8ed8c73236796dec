import type { ChannelSettings, Quiet } from '../stories/channel.ts';

const ONE_DAY = { days: 1 };

/**
 * The end of the quiet hours that are active at `now`, epoch milliseconds; undefined if none are, or if they begin and
 * end at the same time. Each night is one interval between two instants: a local time that occurs twice does not start
 * it again, and one that the clock skips counts as the moment of the change.
 */
export const quietUntil = (quiet: Quiet | undefined, timeZone: string, now: number): number | undefined => {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const { from, to } = quiet;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const instantOf = (day: Temporal.PlainDate, plainTime: string): number =>
    day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  for (const day of [today.subtract(ONE_DAY), today]) {
    const end = instantOf(to > from ? day : day.add(ONE_DAY), to);
    if (instantOf(day, from) <= now && now < end) return end;
  }
  return undefined;
};

/** `quietUntil` for channels' settings at one instant, each night of a time zone computed once. */
export const quietEndsAt = (now: number, defaultTimeZone: string) => {
  const ends = new Map<string, number | undefined>();
  return ({ quiet, timeZone = defaultTimeZone }: ChannelSettings): number | undefined => {
    if (!quiet) return undefined;
    const key = `${timeZone} ${quiet.from} ${quiet.to}`;
    if (!ends.has(key)) ends.set(key, quietUntil(quiet, timeZone, now));
    return ends.get(key);
  };
};
