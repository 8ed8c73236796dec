import { factsListCard, pagesOf } from '../src/cards/answers/facts-list-card.ts';
import type { Command } from './command.ts';
import { askedBy, button, nothingKnown, subjectOf, viewOf, whichCompany } from './ledger-context.ts';
import { quotable } from './normalise.ts';
import { readPage } from './page.ts';
import { problem } from './problems.ts';

/** Every figure of a company in force, by pages. */
export const factsList: Command = {
  name: 'facts list',
  options: [
    { name: 'company', kind: 'company', required: true },
    { name: 'page', kind: 'text' },
  ],
  ownOnSlack: false,
  run: async (question, context) => {
    const view = viewOf(question, context);
    const company = subjectOf(question.options.company);
    if (company === undefined) return whichCompany(question, context, 'facts list');
    const pages = pagesOf(view, company);
    if (pages === 0) return nothingKnown(question, context, view, company);
    const typed = question.options.page ?? '1';
    const page = readPage(typed, pages);
    if (page === undefined)
      return problem(askedBy(question, context), 'facts-list.no-page', { typed: quotable(typed), pages });
    const turn = (key: string, to: number) =>
      button(view.words.say(`answer.button.${key}`), {
        name: 'facts list',
        options: { company, page: String(to) },
      });
    const actions = [
      ...(page > 1 ? [turn('back', page - 1)] : []),
      ...(page < pages ? [turn('next', page + 1)] : []),
      button(view.words.say('answer.button.sources'), { name: 'facts source', options: { company } }),
    ];
    return { kind: 'card', card: { ...factsListCard(view, company, page), actions } };
  },
};
