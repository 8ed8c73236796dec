import { HYPERSCALERS } from '../../src/facts/hyperscaler-sum.ts';
import type { Ledger } from '../../src/facts/ledger.ts';
import type { Translator } from '../../src/i18n/catalogue.ts';
import { formatFullDate } from '../../src/i18n/dates.ts';
import { nameInList } from '../../src/i18n/names.ts';

/** Month ends that are offered: five years of them. */
const SHOWN_MONTHS = 60;

const monthEnds = (today: Temporal.PlainDate): string[] =>
  Array.from({ length: SHOWN_MONTHS }, (_, back) =>
    today.with({ day: 1 }).subtract({ months: back }).subtract({ days: 1 }).toString(),
  );

/** Days on which one of the four reported its capex, and the ends of months; the newest first. `now` in epoch milliseconds. */
export const reportDays = (
  words: Translator,
  ledger: Ledger,
  now: number,
): { readonly value: string; readonly label: string; readonly names: readonly string[] }[] => {
  const told = HYPERSCALERS.flatMap((subject) =>
    ledger.history(subject, 'capex_cash', now).map(({ published }) => ({ day: published, subject })),
  );
  const reports = Map.groupBy(told, ({ day }) => day);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('America/New_York').toPlainDate();
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
