import { capexCard } from '../src/cards/answers/capex-card.ts';
import { capexSevenCard } from '../src/cards/answers/capex-seven-card.ts';
import { callButton } from '../src/cards/call.ts';
import { companyCommand } from './company-command.ts';
import { nothingKnown } from './ledger-context.ts';

/** Capex of a company in eight quarters, or of the Magnificent Seven in a table. */
export const capex = companyCommand('capex', {
  subjects: ({ seven }) => seven,
  overview: capexSevenCard,
  company: (view, company, question, context) => {
    const card = capexCard(view, company);
    if (!card) return nothingKnown(question, context, view, company);
    const { words } = view;
    const metric = view.ledger.latest(company, 'capex_cash', view.asOf) ? { metric: 'capex_cash' } : {};
    const actions = [
      callButton(words.say('answer.button.sources'), { name: 'facts source', options: { company, ...metric } }),
      callButton(words.say('answer.button.figures'), { name: 'facts list', options: { company } }),
      callButton(words.say('answer.button.return'), { name: 'ai-revenue', options: { company } }),
    ];
    return { kind: 'card', card: { ...card, actions } };
  },
});
