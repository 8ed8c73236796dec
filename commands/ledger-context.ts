import type { LedgerView } from '../src/cards/answers/ledger-view.ts';
import { dayOf } from '../src/cards/answers/ledger-view.ts';
import { type Call, encodeCall } from '../src/cards/call.ts';
import type { Action } from '../src/cards/card.ts';
import { SUBJECTS, type Subject } from '../src/facts/fact.ts';
import { formatFullDate } from '../src/i18n/dates.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Question } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { exampleOf } from './examples.ts';
import { type Problem, type ProblemContext, problem } from './problems.ts';

/** The ledger as a question sees it: as of the asking, or the end of a day. */
export const viewOf = (question: Question, context: CommandContext, day?: string): LedgerView => ({
  words: context.catalogue.in(question.language),
  ledger: context.ledger(),
  asOf: day ?? question.now,
});

/** The subject of a `company` option that has been read; undefined where it was left out. */
export const subjectOf = (company: string | undefined): Subject | undefined =>
  SUBJECTS.find((subject) => subject === company);

export const askedBy = ({ language, platform }: Question, { catalogue }: CommandContext): ProblemContext => ({
  catalogue,
  language,
  platform,
});

/** Where a command needs a company and none was given. */
export const whichCompany = (question: Question, context: CommandContext, name: string): Problem =>
  problem(askedBy(question, context), 'ask.missing', {
    option: 'company',
    example: exampleOf(name, question.platform),
  });

export const nothingKnown = (
  question: Question,
  context: CommandContext,
  view: LedgerView,
  subject: Subject,
): Problem =>
  problem(askedBy(question, context), 'answer.nothing-known', {
    name: nameInList(view.words, subject),
    date: formatFullDate(view.words, dayOf(view)),
  });

/** A button that asks `call`; its label is a text of `answer.button`, or a name. */
export const button = (label: string, call: Call): Action => ({ label, call: encodeCall(call) });
