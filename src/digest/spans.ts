import { calendarQuarter } from '../facts/period.ts';
import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Span } from '../stories/digest-story.ts';
import type { SymbolBars } from './moves.ts';

/** The Monday of a day's week. */
const weekOf = (day: SessionDate): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

const quarterOf = (day: SessionDate): string => calendarQuarter(day).start;

/** The close of a session. Outside the calendar's range no holiday is known: the last close before it will do. */
const closeOn = (calendar: Calendar, bars: readonly Bar[], session: SessionDate): number | undefined => {
  const bar = bars.findLast((it) => it.session <= session);
  return bar?.session === session || !calendar.covers(session) ? bar?.close : undefined;
};

/** The last session before the week or quarter of `session`, as given by `periodOf`. */
const lastOutside = (calendar: Calendar, session: SessionDate, periodOf: (day: SessionDate) => string): SessionDate => {
  let before = calendar.previous(session);
  while (periodOf(before) === periodOf(session)) before = calendar.previous(before);
  return before;
};

/** The changes of the symbols with both closes; undefined if there are none. */
const spanOf = (
  calendar: Calendar,
  symbols: readonly SymbolBars[],
  from: SessionDate,
  to: SessionDate,
): Span | undefined => {
  const changes = symbols.flatMap(({ watched: { symbol }, bars }) => {
    const [base, price] = [closeOn(calendar, bars, from), closeOn(calendar, bars, to)];
    return base === undefined || price === undefined ? [] : [{ symbol, base, price }];
  });
  return changes.length === 0 ? undefined : { from, to, changes };
};

/** The week that ends with `session`; undefined if another session of that week follows. */
export const weekSpan = (calendar: Calendar, symbols: readonly SymbolBars[], session: SessionDate): Span | undefined =>
  weekOf(calendar.next(session)) === weekOf(session)
    ? undefined
    : spanOf(calendar, symbols, lastOutside(calendar, session, weekOf), session);

/** The quarter before that of `session`; undefined if `session` is not the first of its quarter. */
export const quarterSpan = (
  calendar: Calendar,
  symbols: readonly SymbolBars[],
  session: SessionDate,
): Span | undefined => {
  const last = calendar.previous(session);
  return quarterOf(last) === quarterOf(session)
    ? undefined
    : spanOf(calendar, symbols, lastOutside(calendar, last, quarterOf), last);
};
