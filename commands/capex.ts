import { capexCard } from '../src/cards/answers/capex-card.ts';
import { capexSevenCard } from '../src/cards/answers/capex-seven-card.ts';
import { MAGNIFICENT_SEVEN } from '../src/cards/answers/seven.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Command } from './command.ts';
import { button, nothingKnown, subjectOf, viewOf } from './ledger-context.ts';

/** What a company spends, in eight quarters; the seven side by side where none is named. */
export const capex: Command = {
  name: 'capex',
  options: [{ name: 'company', kind: 'company' }],
  ownOnSlack: true,
  run: async (question, context) => {
    const view = viewOf(question, context);
    const { words } = view;
    const company = subjectOf(question.options.company);
    if (company === undefined) {
      const actions = MAGNIFICENT_SEVEN.map((subject) =>
        button(nameInList(words, subject), { name: 'capex', options: { company: subject } }),
      );
      return { kind: 'card', card: { ...capexSevenCard(view), actions } };
    }
    const card = capexCard(view, company);
    if (!card) return nothingKnown(question, context, view, company);
    const metric = view.ledger.latest(company, 'capex_cash', view.asOf) ? { metric: 'capex_cash' } : {};
    const actions = [
      button(words.say('answer.button.sources'), { name: 'facts source', options: { company, ...metric } }),
      button(words.say('answer.button.figures'), { name: 'facts list', options: { company } }),
      button(words.say('answer.button.return'), { name: 'ai-revenue', options: { company } }),
    ];
    return { kind: 'card', card: { ...card, actions } };
  },
};
