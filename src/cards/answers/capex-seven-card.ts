import { billQuarters } from '../../facts/bill-quarters.ts';
import type { Subject } from '../../facts/fact.ts';
import { type ReportedFigures, reportedFigures } from '../../facts/figures.ts';
import { presentHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import { quarterOf } from '../../facts/ratios.ts';
import { nameInList } from '../../i18n/names.ts';
import { billPicture } from '../bill-picture.ts';
import type { Card, Table } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf } from '../fact-row.ts';
import { DASH } from '../peak-table.ts';
import { fourRow } from '../related-figures-sections.ts';
import { column, dashLines, dayOf, type LedgerView, ledgerCard, NAME_COLUMN, sourcesSection } from './ledger-view.ts';
import { narrowQuarterCells, narrowQuarterColumns, quarterCells, quarterColumns } from './quarters.ts';

const newestFigures = ({ ledger, asOf }: LedgerView, subject: Subject): ReportedFigures | undefined => {
  const newest = quarterOf(ledger, subject, 'capex_cash', asOf);
  return newest && reportedFigures(ledger, subject, newest.period.end, asOf);
};

const titleOf = ({ words }: LedgerView, first: ReportedFigures | undefined): string =>
  first
    ? words.say('capex.seven.title', {
        name: nameInList(words, first.subject),
        amount: formatFactAmount(words, first.capex.fact) ?? DASH,
        period: periodOf(words, first.capex.fact),
      })
    : words.say('capex.seven.none');

/** A table of the newest quarter of each of the seven, the highest capex first. */
export const capexSevenCard = (view: LedgerView): Card => {
  const { words, ledger, companies, asOf } = view;
  const rows = companies.seven
    .map((subject) => ({ subject, figures: newestFigures(view, subject) }))
    .sort((a, b) => (b.figures?.capex.fact.value ?? 0) - (a.figures?.capex.fact.value ?? 0));
  const table: Table = {
    columns: [
      column(words, 'answer.company', 'left'),
      column(words, 'answer.quarter', 'left'),
      ...quarterColumns(words),
    ],
    rows: rows.map(({ subject, figures }) => [
      nameInList(words, subject),
      figures ? periodOf(words, figures.capex.fact) : DASH,
      ...quarterCells(words, figures),
    ]),
    narrow: {
      columns: [NAME_COLUMN, ...narrowQuarterColumns(words)],
      rows: rows.map(({ subject, figures }) => [subject, ...narrowQuarterCells(words, figures)]),
    },
    narrowNote: words.say('answer.brief.note'),
  };
  const four = presentHyperscalerSum(ledger, companies, asOf);
  const facts = rows.flatMap(({ figures }) => figures?.capex.fact ?? []);
  return ledgerCard(view, {
    kind: 'capex',
    title: titleOf(view, rows[0]?.figures),
    ...billPicture(words, billQuarters(ledger, companies, asOf)),
    sections: [
      {
        heading: words.say('capex.bill'),
        hint: words.say('capex.seven-hint'),
        table,
        rows: four ? [fourRow(words, four, dayOf(view))] : [],
      },
      ...(facts.length > 0 ? [sourcesSection(view, facts, 'company')] : []),
    ],
    footer: dashLines(words, table),
  });
};
