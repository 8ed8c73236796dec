import { calendarQuarter } from '../facts/period.ts';
import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Span } from '../stories/digest-story.ts';
import type { Record } from './moves.ts';

/** The Monday of a day's week. */
const weekOf = (day: SessionDate): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

const quarterOf = (day: SessionDate): string => calendarQuarter(day).start;

/** The close of a session. Past the calendar's ends no holiday is known: there the last one before it will do. */
const closeOn = (calendar: Calendar, bars: readonly Bar[], session: SessionDate): number | undefined => {
  const bar = bars.findLast((it) => it.session <= session);
  return bar?.session === session || !calendar.covers(session) ? bar?.close : undefined;
};

/** The last session before `session` that `unitOf` puts somewhere else. */
const lastOutside = (calendar: Calendar, session: SessionDate, unitOf: (day: SessionDate) => string): SessionDate => {
  let before = calendar.previous(session);
  while (unitOf(before) === unitOf(session)) before = calendar.previous(before);
  return before;
};

/** What has both closes; undefined where nothing has. */
const spanOf = (
  calendar: Calendar,
  records: readonly Record[],
  from: SessionDate,
  to: SessionDate,
): Span | undefined => {
  const changes = records.flatMap(({ watched: { symbol }, bars }) => {
    const [base, price] = [closeOn(calendar, bars, from), closeOn(calendar, bars, to)];
    return base === undefined || price === undefined ? [] : [{ symbol, base, price }];
  });
  return changes.length === 0 ? undefined : { from, to, changes };
};

/** The week that ends with `session`; undefined where another session of it follows. */
export const weekSpan = (calendar: Calendar, records: readonly Record[], session: SessionDate): Span | undefined =>
  weekOf(calendar.next(session)) === weekOf(session)
    ? undefined
    : spanOf(calendar, records, lastOutside(calendar, session, weekOf), session);

/** The quarter that has ended before `session`; undefined where `session` is not the first of a quarter. */
export const quarterSpan = (calendar: Calendar, records: readonly Record[], session: SessionDate): Span | undefined => {
  const last = calendar.previous(session);
  return quarterOf(last) === quarterOf(session)
    ? undefined
    : spanOf(calendar, records, lastOutside(calendar, last, quarterOf), last);
};
