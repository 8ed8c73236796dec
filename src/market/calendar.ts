import { createDayOf } from './exchange-time.ts';

/** Minutes after the closing bell until the bars of a session count as final. */
export const FINAL_AFTER_MINUTES = 15;

/** A trading day of the exchange, `YYYY-MM-DD` in New York. Compares as text. */
export type SessionDate = string;

/** Content of config/calendar.yaml: trading hours, and the exceptions to "every weekday". */
export interface CalendarTable {
  readonly timeZone: string;
  readonly open: string;
  readonly close: string;
  readonly earlyClose: string;
  /** First and last day that the exceptions are known for. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  /** Closed weekdays, each with the key of its reason. */
  readonly closed: Readonly<Record<SessionDate, string>>;
  readonly early: readonly SessionDate[];
}

/** Trading hours of one session, in epoch milliseconds. */
export interface Hours {
  readonly open: number;
  readonly close: number;
  readonly early: boolean;
}

export interface Calendar {
  /** The New York day of an instant, trading day or not. */
  dayOf(instant: number): SessionDate;
  isSession(day: SessionDate): boolean;
  /** Undefined on a day without a session. */
  hours(day: SessionDate): Hours | undefined;
  /** The session that a trade at `instant` belongs to: its New York day, or the last session before it. */
  sessionOf(instant: number): SessionDate;
  /** Whether `instant` lies between the opening bell and the closing bell; at the closing bell it is closed. */
  isOpen(instant: number): boolean;
  /** The latest session whose close is not after `instant`. */
  lastFinal(instant: number): SessionDate;
  previous(day: SessionDate): SessionDate;
  next(day: SessionDate): SessionDate;
  /** The session before `day`, if the exceptions are known for both; undefined if it may have been another. */
  knownPrevious(day: SessionDate): SessionDate | undefined;
  /** Number of sessions from one bar to a later one: by the exceptions, or 1 where they are not known for both. */
  knownBetween(from: SessionDate, to: SessionDate): number;
  /** Number of sessions after `from` up to and including `to`: Wednesday to Friday is 2. 0 if `to` is not after `from`. */
  between(from: SessionDate, to: SessionDate): number;
  /** The closing bell of usual hours on `day`, session or not; epoch milliseconds. */
  usualClose(day: SessionDate): number;
  /** The key in calendar.yaml of why a weekday is closed; undefined for a session or a weekend. */
  closedFor(day: SessionDate): string | undefined;
  /** Whether the exceptions are known for `day`. Outside the table only weekends are known to be closed. */
  covers(day: SessionDate): boolean;
}

const shift = (day: SessionDate, days: number): SessionDate => Temporal.PlainDate.from(day).add({ days }).toString();

/** Computes days and hours with Temporal, so that both clock changes of a year are right. */
export const createCalendar = (table: CalendarTable): Calendar => {
  const early = new Set(table.early);
  const cachedHours = new Map<SessionDate, Hours | undefined>();

  const at = (day: SessionDate, time: string): number =>
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: table.timeZone, plainTime: time }).epochMilliseconds;

  const hoursOf = (day: SessionDate): Hours | undefined => {
    if (Temporal.PlainDate.from(day).dayOfWeek > 5 || day in table.closed) return undefined;
    const isEarly = early.has(day);
    return { open: at(day, table.open), close: at(day, isEarly ? table.earlyClose : table.close), early: isEarly };
  };

  const hours = (day: SessionDate): Hours | undefined => {
    if (!cachedHours.has(day)) cachedHours.set(day, hoursOf(day));
    return cachedHours.get(day);
  };

  const dayOf = createDayOf(table.timeZone);

  const isSession = (day: SessionDate): boolean => hours(day) !== undefined;

  const covers = (day: SessionDate): boolean => day >= table.from && day <= table.to;
  const steps = { 1: new Map<SessionDate, SessionDate>(), [-1]: new Map<SessionDate, SessionDate>() };

  const step = (day: SessionDate, days: 1 | -1): SessionDate => {
    const known = steps[days].get(day);
    if (known !== undefined) return known;
    let found = shift(day, days);
    while (!isSession(found)) found = shift(found, days);
    steps[days].set(day, found);
    return found;
  };

  const between = (from: SessionDate, to: SessionDate): number => {
    let count = 0;
    for (let day = from; day < to; ) {
      day = step(day, 1);
      if (day <= to) count += 1;
    }
    return count;
  };

  return {
    dayOf,
    isSession,
    hours,
    sessionOf: (instant) => {
      const day = dayOf(instant);
      return isSession(day) ? day : step(day, -1);
    },
    isOpen: (instant) => {
      const today = hours(dayOf(instant));
      return today !== undefined && instant >= today.open && instant < today.close;
    },
    lastFinal: (instant) => {
      const day = dayOf(instant);
      const today = hours(day);
      return today !== undefined && instant >= today.close ? day : step(day, -1);
    },
    previous: (day) => step(day, -1),
    next: (day) => step(day, 1),
    knownPrevious: (day) => {
      if (!covers(day)) return undefined;
      const previous = step(day, -1);
      return covers(previous) ? previous : undefined;
    },
    between,
    knownBetween: (from, to) => {
      if (!covers(from) || !covers(to)) return 1;
      return step(from, 1) === to ? 1 : between(from, to);
    },
    usualClose: (day) => at(day, table.close),
    closedFor: (day) => table.closed[day],
    covers,
  };
};
