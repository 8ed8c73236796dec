import type { Fact, Subject } from '../../facts/fact.ts';
import { MAGNIFICENT_SEVEN } from '../../facts/fact.ts';
import { yearOnYear } from '../../facts/ratios.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Card } from '../card.ts';
import { fitTitle } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { factRow } from '../fact-row.ts';
import { asOfLine, changeCell, DASH, dayOf, type LedgerView, shownFact } from './ledger-view.ts';
import { hasDash } from './quarters.ts';

interface Line {
  readonly subject: Subject;
  /** What it says AI brings in, by its own measure. */
  readonly ai: Fact | undefined;
  /** The wider line of its accounts that AI is sold in. */
  readonly wider: Fact | undefined;
}

const lineOf = ({ ledger, asOf }: LedgerView, subject: Subject): Line => ({
  subject,
  ai: ledger.latest(subject, subject === 'OPENAI' ? 'annualised_revenue' : 'ai_run_rate', asOf),
  wider: ledger.latest(subject, 'cloud_revenue', asOf) ?? ledger.latest(subject, 'datacenter_revenue', asOf),
});

const titleOf = ({ words }: LedgerView, lines: readonly Line[]): string => {
  const tellers = lines.filter(({ subject, ai }) => ai && MAGNIFICENT_SEVEN.some((company) => company === subject));
  if (tellers.length === 0) return words.say('ai.all.none');
  const names = tellers.map(({ subject }) => nameInList(words, subject));
  return words.say('ai.all.title', {
    names: new Intl.ListFormat(words.language, { type: 'conjunction' }).format(names),
    count: tellers.length,
  });
};

/** The seven and OpenAI side by side: what each tells of AI revenue, and the line of the accounts it is part of. */
export const aiRevenueAllCard = (view: LedgerView): Card => {
  const { words, ledger, asOf } = view;
  const lines = [...MAGNIFICENT_SEVEN, 'OPENAI' as const].map((subject) => lineOf(view, subject));
  const cell = (fact: Fact | undefined): string => (fact && formatFactAmount(words, fact)) ?? DASH;
  const table = {
    columns: [
      { title: words.say('answer.company'), align: 'left' as const },
      { title: words.say('ai.all.ai'), align: 'right' as const },
      { title: words.say('ai.all.cloud'), align: 'right' as const },
      { title: words.say('answer.on-year'), align: 'right' as const },
    ],
    rows: lines.map(({ subject, ai, wider }) => [
      nameInList(words, subject),
      cell(ai),
      cell(wider),
      changeCell(words, wider && yearOnYear(ledger, wider, asOf)?.value),
    ]),
  };
  const facts = lines.flatMap(({ ai, wider }) => [ai ?? [], wider ?? []].flat());
  return {
    kind: 'ai-revenue',
    tone: 'calm',
    title: fitTitle(titleOf(view, lines)),
    lead: [],
    sections: [
      { heading: words.say('ai.all.heading'), hint: words.say('return.hint'), table, rows: [] },
      {
        heading: words.say('ai.heading'),
        hint: words.say('ai.hint'),
        rows: facts.map((fact) => factRow(words, shownFact(view, fact), dayOf(view))),
      },
    ].filter(({ rows, table: figures }) => rows.length > 0 || figures),
    footer: [...(hasDash(table.rows) ? [words.say('answer.dash')] : []), asOfLine(view)],
  };
};
