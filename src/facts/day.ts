/** A day, `YYYY-MM-DD`. Compares as text. */
export type Day = string;

const NEW_YORK = 'America/New_York';
const DAY_MS = 86_400_000;

/** Epoch milliseconds of a wall-clock time in New York. */
export const newYorkTime = (day: Day, time: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: NEW_YORK, plainTime: time }).epochMilliseconds;

/** The New York day of an instant in epoch milliseconds. */
export const newYorkDay = (instant: number): Day =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(NEW_YORK).toPlainDate().toString();

/** Whole days from one day to another; negative where `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
