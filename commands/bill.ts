import { billCard } from '../src/cards/answers/bill-card.ts';
import type { Action } from '../src/cards/card.ts';
import type { Translator } from '../src/i18n/catalogue.ts';
import type { Command } from './command.ts';
import { askedBy, button, viewOf } from './ledger-context.ts';
import { problem } from './problems.ts';

const years = (day: string, count: number): string => Temporal.PlainDate.from(day).add({ years: count }).toString();

/** A year back, a year on, and today, as far as they are other days. */
const travel = (words: Translator, day: string, today: string): Action[] => {
  const to = (key: string, asOf: string): Action =>
    button(words.say(`four-bill.${key}`), { name: 'bill', options: { 'as-of': asOf } });
  return [
    to('earlier', years(day, -1)),
    ...(years(day, 1) < today ? [to('later', years(day, 1))] : []),
    ...(day < today ? [button(words.say('four-bill.today'), { name: 'bill', options: {} })] : []),
  ];
};

/** The AI bill of the four hyperscalers, as it was known on any day. */
export const bill: Command = {
  name: 'bill',
  options: [{ name: 'as-of', kind: 'day' }],
  ownOnSlack: true,
  run: async (question, context) => {
    const today = context.calendar.dayOf(question.now);
    const day = question.options['as-of'] ?? today;
    // Today is not over: what is known now, not what will be at its end.
    const view = viewOf(question, context, day === today ? undefined : day);
    const card = billCard(view);
    if (!card) return problem(askedBy(question, context), 'four-bill.nothing', { day });
    return { kind: 'card', card: { ...card, actions: travel(view.words, day, today) } };
  },
};
