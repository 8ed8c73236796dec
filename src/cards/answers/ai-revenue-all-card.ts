import { cloudQuarters } from '../../facts/cloud-quarters.ts';
import type { Companies } from '../../facts/companies.ts';
import type { Fact, Subject } from '../../facts/fact.ts';
import type { Metric } from '../../facts/metric.ts';
import { yearOnYear } from '../../facts/ratios.ts';
import { isPresent } from '../../facts/stale.ts';
import { joinNames, nameInList } from '../../i18n/names.ts';
import type { Card, Table } from '../card.ts';
import { factCell, formatFactAmount } from '../fact-amount.ts';
import { DASH } from '../peak-table.ts';
import { returnPicture } from '../return-picture.ts';
import {
  changeCell,
  changeInTable,
  column,
  dashLines,
  factRows,
  type LedgerView,
  ledgerCard,
  NAME_COLUMN,
} from './ledger-view.ts';

interface Line {
  readonly subject: Subject;
  /** AI revenue by the company's own measure. */
  readonly ai: Fact | undefined;
  /** The line of its accounts that includes AI revenue. */
  readonly wider: Fact | undefined;
}

const lineOf = ({ ledger, companies, asOf }: LedgerView, subject: Subject): Line => {
  const present = (metric: Metric): Fact | undefined => {
    const fact = ledger.latest(subject, metric, asOf);
    return fact && isPresent(fact.period, asOf) ? fact : undefined;
  };
  return {
    subject,
    ai: present(companies.get(subject)?.role === 'lab' ? 'annualised_revenue' : 'ai_run_rate'),
    wider: present('cloud_revenue') ?? present('datacenter_revenue'),
  };
};

const titleOf = ({ words, companies }: LedgerView, lines: readonly Line[]): string => {
  const disclosing = lines.filter(({ subject, ai }) => ai && companies.seven.includes(subject));
  if (disclosing.length === 0) return words.say('ai.all.none');
  const names = disclosing.map(({ subject }) => nameInList(words, subject));
  return words.say('ai.all.title', { names: joinNames(words, names), count: disclosing.length });
};

/** Those whose AI revenue is set side by side: the seven, and OpenAI. */
export const aiRevenueSubjects = ({ seven, ofRole }: Companies): readonly Subject[] => [...seven, ...ofRole('lab')];

/** A table of the seven and OpenAI: AI revenue, and the line of the accounts that includes it. */
export const aiRevenueAllCard = (view: LedgerView): Card => {
  const { words, ledger, asOf } = view;
  const lines = aiRevenueSubjects(view.companies).map((subject) => lineOf(view, subject));
  // A figure that is disputed stands in the table with the other.
  const pace = lines.flatMap(({ ai }) => (ai && ledger.disputes(ai, asOf).length === 0 ? [ai] : []));
  const cell = (fact: Fact | undefined, amountOf = formatFactAmount, separator = ' / '): string => {
    const amounts = fact ? [fact, ...ledger.disputes(fact, asOf)].map((it) => amountOf(words, it)) : [];
    return amounts.length === 0 ? DASH : amounts.join(separator);
  };
  const table: Table = {
    columns: [
      column(words, 'answer.company', 'left'),
      column(words, 'ai.all.ai'),
      column(words, 'ai.all.cloud'),
      column(words, 'answer.on-year'),
    ],
    rows: lines.map(({ subject, ai, wider }) => [
      nameInList(words, subject),
      cell(ai),
      cell(wider),
      changeCell(words, wider && yearOnYear(ledger, wider, asOf)?.value),
    ]),
    narrow: {
      columns: [NAME_COLUMN, ...['ai', 'cloud', 'on-year'].map((key) => column(words, `answer.brief.${key}`))],
      rows: lines.map(({ subject, ai, wider }) => [
        subject,
        cell(ai, factCell, '/'),
        cell(wider, factCell, '/'),
        changeInTable(words, wider && yearOnYear(ledger, wider, asOf)?.value),
      ]),
    },
    narrowNote: words.say('ai.all.note'),
  };
  const rows = factRows(
    view,
    lines.flatMap(({ ai, wider }) => [ai, wider]),
  );
  return ledgerCard(view, {
    kind: 'ai-revenue',
    title: titleOf(view, lines),
    ...returnPicture(words, cloudQuarters(ledger, view.companies, asOf), pace),
    sections: [
      {
        heading: words.say('ai.all.heading'),
        hint: words.say('return.hint'),
        table,
        rows: [],
      },
      ...(rows.length > 0 ? [{ heading: words.say('ai.heading'), hint: words.say('ai.hint'), rows }] : []),
    ],
    footer: dashLines(words, table),
  });
};
