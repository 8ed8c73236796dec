import {
  BILL_DETAILS,
  type BillDetails,
  billCard,
  billDetails,
  billDetailsCard,
} from '../src/cards/answers/bill-card.ts';
import type { LedgerView } from '../src/cards/answers/ledger-view.ts';
import { callButton } from '../src/cards/call.ts';
import type { Action } from '../src/cards/card.ts';
import type { Command } from './command.ts';
import { viewOf } from './ledger-context.ts';
import { problem, readerOf } from './problems.ts';

const addYears = (day: string, count: number): string => Temporal.PlainDate.from(day).add({ years: count }).toString();

/** A day of the bill; absent for today. */
type OfDay = { readonly 'as-of'?: string };

/** The other parts of the bill of the same day. */
const partButtons = (view: LedgerView, ofDay: OfDay, shown?: BillDetails): Action[] => [
  ...(shown === undefined
    ? []
    : [callButton(view.words.say('four-bill.button.back'), { name: 'bill', options: ofDay })]),
  ...billDetails(view)
    .filter((part) => part !== shown)
    .map((details) =>
      callButton(view.words.say(`four-bill.button.${details}`), { name: 'bill', options: { ...ofDay, details } }),
    ),
];

/** Buttons for a year earlier, a year later if that is past, and today, in a row of their own. */
const dayButtons = ({ words }: LedgerView, day: string, today: string): Action[] => {
  const buttonFor = (key: string, options: OfDay): Action =>
    callButton(words.say(`four-bill.${key}`), { name: 'bill', options });
  return [
    { ...buttonFor('earlier', { 'as-of': addYears(day, -1) }), beginsRow: true },
    ...(addYears(day, 1) < today ? [buttonFor('later', { 'as-of': addYears(day, 1) })] : []),
    ...(day < today ? [buttonFor('today', {})] : []),
  ];
};

/** The AI bill of the four hyperscalers, as known on a day: in brief, or one part of it in full. */
export const bill: Command = {
  name: 'bill',
  options: [
    { name: 'as-of', kind: 'day' },
    { name: 'details', kind: 'choice', choices: BILL_DETAILS },
  ],
  standalone: true,
  run: async (question, context) => {
    const today = context.calendar.dayOf(question.now);
    const day = question.options['as-of'] ?? today;
    // Today is not over, so its view is as of now instead of the end of the day.
    const view = viewOf(question, context, day === today ? undefined : day);
    const ofDay: OfDay = day === today ? {} : { 'as-of': day };
    const part = BILL_DETAILS.find((it) => it === question.options.details);
    const details = part && billDetailsCard(view, part);
    if (details) return { kind: 'card', card: { ...details, actions: partButtons(view, ofDay, part) } };
    const card = billCard(view);
    if (!card) return problem(readerOf(question, context), 'four-bill.nothing', { day });
    const actions = [...partButtons(view, ofDay), ...dayButtons(view, day, today)];
    return { kind: 'card', card: { ...card, actions } };
  },
};
