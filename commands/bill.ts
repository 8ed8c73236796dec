import { billCard } from '../src/cards/answers/bill-card.ts';
import { callButton } from '../src/cards/call.ts';
import type { Action } from '../src/cards/card.ts';
import type { Translator } from '../src/i18n/catalogue.ts';
import type { Command } from './command.ts';
import { viewOf } from './ledger-context.ts';
import { problem, readerOf } from './problems.ts';

const addYears = (day: string, count: number): string => Temporal.PlainDate.from(day).add({ years: count }).toString();

/** Buttons for a year earlier, a year later if that is past, and today. */
const dayButtons = (words: Translator, day: string, today: string): Action[] => {
  const buttonFor = (key: string, asOf: string): Action =>
    callButton(words.say(`four-bill.${key}`), { name: 'bill', options: { 'as-of': asOf } });
  return [
    buttonFor('earlier', addYears(day, -1)),
    ...(addYears(day, 1) < today ? [buttonFor('later', addYears(day, 1))] : []),
    ...(day < today ? [callButton(words.say('four-bill.today'), { name: 'bill', options: {} })] : []),
  ];
};

/** The AI bill of the four hyperscalers, as known on a day. */
export const bill: Command = {
  name: 'bill',
  options: [{ name: 'as-of', kind: 'day' }],
  standalone: true,
  run: async (question, context) => {
    const today = context.calendar.dayOf(question.now);
    const day = question.options['as-of'] ?? today;
    // Today is not over, so its view is as of now instead of the end of the day.
    const view = viewOf(question, context, day === today ? undefined : day);
    const card = billCard(view);
    if (!card) return problem(readerOf(question, context), 'four-bill.nothing', { day });
    return { kind: 'card', card: { ...card, actions: dayButtons(view.words, day, today) } };
  },
};
