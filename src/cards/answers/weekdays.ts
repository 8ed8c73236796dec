import type { Translator } from '../../i18n/catalogue.ts';
import { DAY_MS } from '../../util/durations.ts';

/** A Monday, in UTC: what comes after it are the other days. */
const MONDAY = Date.UTC(2024, 0, 1);

/** "Mon", "월": a day by its number, 1 (Monday) to 7. */
export const dayName = (words: Translator, day: number): string =>
  new Intl.DateTimeFormat(words.language, { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + (day - 1) * DAY_MS);

/** "Mon–Fri", "Mon, Wed": ascending numbers from 1 (Monday) to 7; three and more in a row are told by their ends. */
export const weekdays = (words: Translator, days: readonly number[]): string => {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => {
      const names = run.map((day) => dayName(words, day));
      return run.length > 2 ? [`${names[0]}–${names.at(-1)}`] : names;
    })
    .join(', ');
};
