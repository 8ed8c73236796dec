import { aiRevenueAllCard } from '../src/cards/answers/ai-revenue-all-card.ts';
import { aiRevenueCard } from '../src/cards/answers/ai-revenue-card.ts';
import { MAGNIFICENT_SEVEN } from '../src/cards/answers/seven.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Command } from './command.ts';
import { button, subjectOf, viewOf } from './ledger-context.ts';

/** What is told of AI revenue and what is not, beside the bill; all of them where none is named. */
export const aiRevenue: Command = {
  name: 'ai-revenue',
  options: [{ name: 'company', kind: 'company' }],
  ownOnSlack: true,
  run: async (question, context) => {
    const view = viewOf(question, context);
    const { words } = view;
    const company = subjectOf(question.options.company);
    if (company === undefined) {
      const actions = [...MAGNIFICENT_SEVEN, 'OPENAI' as const].map((subject) =>
        button(nameInList(words, subject), { name: 'ai-revenue', options: { company: subject } }),
      );
      return { kind: 'card', card: { ...aiRevenueAllCard(view), actions } };
    }
    const actions = [
      button(words.say('answer.button.capex'), { name: 'capex', options: { company } }),
      button(words.say('answer.button.sources'), { name: 'facts source', options: { company } }),
    ];
    return { kind: 'card', card: { ...aiRevenueCard(view, company, context.relations), actions } };
  },
};
