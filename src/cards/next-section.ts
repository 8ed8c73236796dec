import type { NextReport } from '../facts/report-day.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatWeekday } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Section } from './card.ts';

/** "Microsoft reports today after the close": who reports next. `cardDay` is the reader's session; what is past is left out. */
export const nextSection = (words: Translator, next: NextReport | undefined, cardDay: SessionDate): Section[] => {
  if (next === undefined || next.day < cardDay) return [];
  const { day, symbols, estimated } = next;
  const values = {
    names: new Intl.ListFormat(words.language, { type: 'conjunction' }).format(
      symbols.map((symbol) => nameInList(words, symbol)),
    ),
    count: symbols.length,
    date: formatWeekday(words, day, cardDay, 'short'),
  };
  const text = words.say(day === cardDay ? 'next.today' : 'next.on', values);
  const row = { label: '', text, ...(estimated && { aside: words.say('digest.reports.estimated') }) };
  return [{ heading: words.say('next.heading'), rows: [row] }];
};
