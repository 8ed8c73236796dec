/** Time zone of the exchange: sessions are New York days. */
export const EXCHANGE_TIME_ZONE = 'America/New_York';

/** The wall clock in New York at an instant in epoch milliseconds. */
export const newYorkClock = (instant: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(EXCHANGE_TIME_ZONE);

/** The New York day, `YYYY-MM-DD`, of an instant in epoch milliseconds. */
export const newYorkDay = (instant: number): string => newYorkClock(instant).toPlainDate().toString();

/** Epoch milliseconds of a New York wall-clock time, `HH:MM`, on a day, `YYYY-MM-DD`. */
export const newYorkTime = (day: string, time: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: EXCHANGE_TIME_ZONE, plainTime: time }).epochMilliseconds;
