import { companyEarningsCard, earningsCard } from '../src/cards/answers/earnings-card.ts';
import { callButton } from '../src/cards/call.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Command } from './command.ts';
import { nothingKnown, subjectOf, viewOf } from './ledger-context.ts';

/** Who reports when, and the last results beside the guidance. */
export const earnings: Command = {
  name: 'earnings',
  options: [{ name: 'company', kind: 'company' }],
  standalone: true,
  run: async (question, context) => {
    const view = viewOf(question, context);
    const { words } = view;
    const days = await context.reportDays(question.now);
    const company = subjectOf(context, question.options.company);
    if (company === undefined) {
      const { seven } = context.companies;
      const actions = seven.map((each) =>
        callButton(nameInList(words, each), { name: 'earnings', options: { company: each } }),
      );
      return { kind: 'card', card: { ...earningsCard(view, seven, days), actions } };
    }
    const card = companyEarningsCard(view, company, days);
    if (!card) return nothingKnown(question, context, view, company);
    const actions = [
      callButton(words.say('answer.button.sources'), { name: 'facts source', options: { company } }),
      callButton(words.say('answer.button.figures'), { name: 'facts list', options: { company } }),
    ];
    return { kind: 'card', card: { ...card, actions } };
  },
};
