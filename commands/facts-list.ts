import { factsListCard, pagesOf } from '../src/cards/answers/facts-list-card.ts';
import { callButton } from '../src/cards/call.ts';
import type { Command } from './command.ts';
import { missingCompany, nothingKnown, subjectOf, viewOf } from './ledger-context.ts';
import { pageButtons, readPage } from './pages.ts';
import { readerOf } from './problems.ts';

/** All figures in force of a company, in pages. */
export const factsList: Command = {
  name: 'facts list',
  options: [
    { name: 'company', kind: 'company', required: true },
    { name: 'page', kind: 'text' },
  ],
  standalone: false,
  run: async (question, context) => {
    const view = viewOf(question, context);
    const company = subjectOf(context, question.options.company);
    if (company === undefined) return missingCompany(question, context, 'facts list');
    const pages = pagesOf(view, company);
    if (pages === 0) return nothingKnown(question, context, view, company);
    const page = readPage(readerOf(question, context), pages, question.options.page);
    if (typeof page !== 'number') return page;
    const actions = [
      ...pageButtons(view.words, { page, pages }, { name: 'facts list', options: { company } }),
      callButton(view.words.say('answer.button.sources'), { name: 'facts source', options: { company } }),
    ];
    return { kind: 'card', card: { ...factsListCard(view, company, page), actions } };
  },
};
