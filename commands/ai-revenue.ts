import { aiRevenueAllCard, aiRevenueSubjects } from '../src/cards/answers/ai-revenue-all-card.ts';
import { aiRevenueCard } from '../src/cards/answers/ai-revenue-card.ts';
import { callButton } from '../src/cards/call.ts';
import { companyCommand } from './company-command.ts';

/** Disclosed AI revenue, with the capex of the same quarter, of a company, or of all in a table. */
export const aiRevenue = companyCommand('ai-revenue', {
  subjects: aiRevenueSubjects,
  overview: aiRevenueAllCard,
  company: (view, company) => {
    const { words } = view;
    const actions = [
      callButton(words.say('answer.button.capex'), { name: 'capex', options: { company } }),
      callButton(words.say('answer.button.sources'), { name: 'facts source', options: { company } }),
    ];
    return { kind: 'card', card: { ...aiRevenueCard(view, company), actions } };
  },
});
