import type { LedgerView } from '../src/cards/answers/ledger-view.ts';
import { callButton } from '../src/cards/call.ts';
import type { Card } from '../src/cards/card.ts';
import type { Companies } from '../src/facts/companies.ts';
import type { Subject } from '../src/facts/fact.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Answer, Command, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { subjectOf, viewOf } from './ledger-context.ts';

interface CompanyAnswers {
  /** The subjects of the overview's buttons. */
  subjects(companies: Companies): readonly Subject[];
  overview(view: LedgerView): Card;
  company(view: LedgerView, company: Subject, question: Question, context: CommandContext): Answer;
}

/** A command about a company, or about several with a button for each if no company is given. */
export const companyCommand = (name: string, { subjects, overview, company }: CompanyAnswers): Command => ({
  name,
  options: [{ name: 'company', kind: 'company' }],
  standalone: true,
  run: async (question, context) => {
    const view = viewOf(question, context);
    const subject = subjectOf(context, question.options.company);
    if (subject !== undefined) return company(view, subject, question, context);
    const actions = subjects(context.companies).map((each) =>
      callButton(nameInList(view.words, each), { name, options: { company: each } }),
    );
    return { kind: 'card', card: { ...overview(view), actions } };
  },
});
