import type { Quiet } from '../stories/channel.ts';

const DAY = { days: 1 };

/**
 * When the quiet hours end that hold at `now`, epoch milliseconds; undefined where none do, or where they begin and
 * end at one time. Every night is one stretch between two instants: an hour that the clock shows twice does not begin
 * it again, and one that the clock leaves out begins or ends it at the moment of the leap.
 */
export const quietUntil = (quiet: Quiet | undefined, timeZone: string, now: number): number | undefined => {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const { from, to } = quiet;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const at = (day: Temporal.PlainDate, plainTime: string): number =>
    day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  for (const day of [today.subtract(DAY), today]) {
    const end = at(to > from ? day : day.add(DAY), to);
    if (at(day, from) <= now && now < end) return end;
  }
  return undefined;
};
