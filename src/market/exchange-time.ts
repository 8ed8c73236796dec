/** Time zone of the exchange: sessions are New York days. */
export const EXCHANGE_TIME_ZONE = 'America/New_York';

/** The wall clock in New York at an instant in epoch milliseconds. */
export const newYorkClock = (instant: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(EXCHANGE_TIME_ZONE);

/**
 * Says the day, `YYYY-MM-DD`, of an instant in epoch milliseconds. It keeps the day that was asked for last, from its
 * midnight to the next: nearly every question is about now.
 */
export const createDayOf = (timeZone: string): ((instant: number) => string) => {
  let last = { day: '', from: 0, to: 0 };
  return (instant) => {
    if (instant < last.from || instant >= last.to) {
      const midnight = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).startOfDay();
      const next = midnight.add({ days: 1 });
      const day = midnight.toPlainDate().toString();
      last = { day, from: midnight.epochMilliseconds, to: next.epochMilliseconds };
    }
    return last.day;
  };
};

/** The New York day, `YYYY-MM-DD`, of an instant in epoch milliseconds. */
export const newYorkDay = createDayOf(EXCHANGE_TIME_ZONE);

/** Epoch milliseconds of a New York wall-clock time, `HH:MM`, on a day, `YYYY-MM-DD`. */
export const newYorkTime = (day: string, time: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: EXCHANGE_TIME_ZONE, plainTime: time }).epochMilliseconds;
