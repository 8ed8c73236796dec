import { dayOf, type LedgerView } from '../src/cards/answers/ledger-view.ts';
import type { Subject } from '../src/facts/fact.ts';
import { formatFullDate } from '../src/i18n/dates.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { exampleOf } from './examples.ts';
import { type Problem, problem, readerOf } from './problems.ts';

/** The ledger as of the question, or as of the end of `day` (YYYY-MM-DD). */
export const viewOf = (question: Question, context: CommandContext, day?: string): LedgerView => ({
  words: context.catalogue.in(question.language),
  ledger: context.ledger(),
  companies: context.companies,
  asOf: day ?? question.now,
});

/** The subject of a `company` option that has been read; undefined if it was left out. */
export const subjectOf = ({ companies }: CommandContext, company: string | undefined): Subject | undefined =>
  company === undefined ? undefined : companies.get(company)?.subject;

/** The problem of a command whose required company was left out. */
export const missingCompany = (question: Question, context: CommandContext, name: string): Problem =>
  problem(readerOf(question, context), 'ask.missing', {
    option: 'company',
    example: exampleOf(name, question.platform),
  });

/** The problem of a company without any figures at the view's time. */
export const nothingKnown = (
  question: Question,
  context: CommandContext,
  view: LedgerView,
  subject: Subject,
): Problem =>
  problem(readerOf(question, context), 'answer.nothing-known', {
    name: nameInList(view.words, subject),
    date: formatFullDate(view.words, dayOf(view)),
  });
