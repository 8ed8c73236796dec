/** A trading day of the exchange, `YYYY-MM-DD` in New York. Compares as text. */
export type SessionDate = string;

/** What config/calendar.yaml says: the exceptions to "every weekday, 09:30 to 16:00". */
export interface CalendarTable {
  readonly timeZone: string;
  readonly open: string;
  readonly close: string;
  readonly earlyClose: string;
  /** First and last day the exceptions are known for. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  /** Closed weekdays with the reason's key. */
  readonly closed: Readonly<Record<SessionDate, string>>;
  readonly early: readonly SessionDate[];
}

/** Trading hours of one session, epoch milliseconds. */
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
  /** True from the opening bell to the closing bell, the latter excluded. */
  isOpen(instant: number): boolean;
  /** The latest session whose close is not after `instant`. */
  lastFinal(instant: number): SessionDate;
  previous(day: SessionDate): SessionDate;
  next(day: SessionDate): SessionDate;
  /** Sessions after `from` up to and including `to`: Wednesday to Friday is 2. Zero where `to` is not after `from`. */
  between(from: SessionDate, to: SessionDate): number;
  /** When the closing bell rings on a day of usual hours, epoch milliseconds, whether or not `day` is a session. */
  usualClose(day: SessionDate): number;
  /** Why a weekday without a session is closed: the key in calendar.yaml. */
  closedFor(day: SessionDate): string | undefined;
  /** False past either end of the table, where only weekends are known to be closed. */
  covers(day: SessionDate): boolean;
}

const shift = (day: SessionDate, days: number): SessionDate => Temporal.PlainDate.from(day).add({ days }).toString();

/** The exchange's days and hours, on Temporal, so that both clock changes of a year come out right. */
export const createCalendar = (table: CalendarTable): Calendar => {
  const early = new Set(table.early);
  const known = new Map<SessionDate, Hours | undefined>();

  const at = (day: SessionDate, time: string): number =>
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: table.timeZone, plainTime: time }).epochMilliseconds;

  const measure = (day: SessionDate): Hours | undefined => {
    if (Temporal.PlainDate.from(day).dayOfWeek > 5 || day in table.closed) return undefined;
    const isEarly = early.has(day);
    return { open: at(day, table.open), close: at(day, isEarly ? table.earlyClose : table.close), early: isEarly };
  };

  const hours = (day: SessionDate): Hours | undefined => {
    if (!known.has(day)) known.set(day, measure(day));
    return known.get(day);
  };

  const dayOf = (instant: number): SessionDate =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(table.timeZone).toPlainDate().toString();

  const isSession = (day: SessionDate): boolean => hours(day) !== undefined;

  const step = (day: SessionDate, days: 1 | -1): SessionDate => {
    let found = shift(day, days);
    while (!isSession(found)) found = shift(found, days);
    return found;
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
    between: (from, to) => {
      let count = 0;
      for (let day = from; day < to; ) {
        day = step(day, 1);
        if (day <= to) count += 1;
      }
      return count;
    },
    usualClose: (day) => at(day, table.close),
    closedFor: (day) => table.closed[day],
    covers: (day) => day >= table.from && day <= table.to,
  };
};
