import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { dayAt, dayNumber, isWeekday } from './weekday.ts';

/** The calendar starts here; older rows are not checked. */
export const KNOWN_FROM: SessionDate = '2024-01-01';

/** Weekdays without a row between rows: holidays and holes. */
const skippedWeekdays = (bars: readonly Bar[]): SessionDate[] => {
  const skipped: SessionDate[] = [];
  let before: number | undefined;
  for (const { session } of bars) {
    if (session < KNOWN_FROM) continue;
    const number = dayNumber(session);
    for (let missing = before === undefined ? number : before + 1; missing < number; missing += 1)
      if (isWeekday(missing)) skipped.push(dayAt(missing));
    before = number;
  }
  return skipped;
};

/** Trading days within the calendar that are missing from a series, other than those `known` to be missing. */
export const holesIn = (
  bars: readonly Bar[],
  known: readonly SessionDate[],
  calendar: () => Calendar,
): SessionDate[] => {
  const skipped = skippedWeekdays(bars).filter((day) => !known.includes(day));
  if (skipped.length === 0) return [];
  const { covers, isSession } = calendar();
  return skipped.filter((day) => covers(day) && isSession(day));
};

/** One line for a person about the holes in a file. */
export const holesLine = (file: string, [first, ...others]: readonly SessionDate[]): string => {
  const more = others.length === 0 ? '' : ` and ${others.length} later session${others.length === 1 ? '' : 's'}`;
  const meaning = "peaks, session counts and the next day's change are computed without it; add the row";
  return `${file}: warning: no row for the session of ${first}${more}; ${meaning}`;
};
