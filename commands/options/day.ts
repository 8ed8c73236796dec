import type { Companies } from '../../src/facts/companies.ts';
import type { Ledger } from '../../src/facts/ledger.ts';
import type { Catalogue, Translator } from '../../src/i18n/catalogue.ts';
import { formatFullDate } from '../../src/i18n/dates.ts';
import { nameInList } from '../../src/i18n/names.ts';
import { newYorkClock } from '../../src/market/exchange-time.ts';
import { oneOf, perCatalogue } from './per-catalogue.ts';

/** Year, month and day, each with a separator or the language's word after it. */
const formOf = perCatalogue(({ typed: { date } }) => {
  const after = (words: readonly string[]) => `\\s*(?:[-./]|${oneOf(words)})\\s*`;
  const last = `\\s*(?:\\.|${oneOf(date.day)})?`;
  return new RegExp(`^(\\d{4})${after(date.year)}(\\d{1,2})${after(date.month)}(\\d{1,2})${last}$`, 'u');
});

/** A day as YYYY-MM-DD: `2024-7-3`. Undefined for anything else. */
export const readDay = (catalogue: Catalogue, typed: string): string | undefined => {
  const [, year = '', month = '', day = ''] = formOf(catalogue).exec(typed) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
};

const MONTH_ENDS_SHOWN = 60;

const monthEnds = (today: Temporal.PlainDate): string[] =>
  Array.from({ length: MONTH_ENDS_SHOWN }, (_, back) =>
    today.with({ day: 1 }).subtract({ months: back }).subtract({ days: 1 }).toString(),
  );

/**
 * Suggested days, newest first: those on which a hyperscaler reported its capex, and the ends of months. `now` in epoch
 * milliseconds.
 */
export const suggestedDays = (
  words: Translator,
  ledger: Ledger,
  { four }: Companies,
  now: number,
): { readonly value: string; readonly label: string; readonly names: readonly string[] }[] => {
  const reports = Map.groupBy(
    four.flatMap((subject) =>
      ledger.history(subject, 'capex_cash', now).map(({ published }) => ({ day: published, subject })),
    ),
    ({ day }) => day,
  );
  const today = newYorkClock(now).toPlainDate();
  const days = [...new Set([...reports.keys(), ...monthEnds(today)])].sort().reverse();
  return days.map((day) => {
    const names = [...new Set(reports.get(day)?.map(({ subject }) => nameInList(words, subject)))].join(', ');
    const date = formatFullDate(words, day);
    return {
      value: day,
      label: names === '' ? date : words.say('channel.report-day', { date, names }),
      names: [day, names],
    };
  });
};
