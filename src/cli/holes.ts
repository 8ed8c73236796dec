import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { DAY_MS } from '../util/durations.ts';

/** The calendar starts here; older rows are not checked. */
export const KNOWN_FROM: SessionDate = '2024-01-01';

/** Days since 1970-01-01, a Thursday. */
const numberOf = (day: SessionDate): number => Date.parse(day) / DAY_MS;

const dayOf = (number: number): SessionDate => new Date(number * DAY_MS).toISOString().slice(0, 10);

const isWeekday = (number: number): boolean => (number + 3) % 7 < 5;

/** Weekdays without a row between rows: holidays and holes. */
const skippedWeekdays = (bars: readonly Bar[]): SessionDate[] => {
  const skipped: SessionDate[] = [];
  let before: number | undefined;
  for (const { session } of bars) {
    if (session < KNOWN_FROM) continue;
    const number = numberOf(session);
    for (let missing = before === undefined ? number : before + 1; missing < number; missing += 1)
      if (isWeekday(missing)) skipped.push(dayOf(missing));
    before = number;
  }
  return skipped;
};

/** Trading days within the calendar that are missing from a series. */
export const holesIn = (bars: readonly Bar[], calendar: () => Calendar): SessionDate[] => {
  const skipped = skippedWeekdays(bars);
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
