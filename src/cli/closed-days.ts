import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { weekdayOf } from './weekday.ts';

/** Until then New York traded on Saturdays, too. */
const FREE_SATURDAYS_FROM: SessionDate = '1952-09-29';

const SUNDAY = 0;
const SATURDAY = 6;

const isFreeWeekend = (day: SessionDate): boolean => {
  const weekday = weekdayOf(day);
  return weekday === SUNDAY || (weekday === SATURDAY && day > FREE_SATURDAYS_FROM);
};

/** Rows on days on which New York does not trade; of holidays, only those within the calendar are known. */
export const onClosedDays = (bars: readonly Bar[], calendar: () => Calendar): SessionDate[] => {
  const isHoliday = (day: SessionDate): boolean => calendar().closedFor(day) !== undefined;
  return bars.filter(({ session }) => isFreeWeekend(session) || isHoliday(session)).map(({ session }) => session);
};

/** One line for a person about them. */
export const closedDaysLine = (file: string, days: readonly SessionDate[], isWatched: boolean): string => {
  const [first = ''] = days;
  const weekday = weekdayOf(first);
  const name = weekday === SATURDAY ? 'a Saturday' : weekday === SUNDAY ? 'a Sunday' : 'a holiday';
  const rows = days.length === 1 ? '1 row on a closed day' : `${days.length} rows on closed days`;
  const which = days.length === 1 ? `${first}, ${name}` : `the first on ${first}, ${name}`;
  const keep = isWatched
    ? ''
    : '; for a symbol that trades on other days than New York, keep them with --keep-closed-days';
  return `${file}: ${rows} left out, ${which}${keep}`;
};
