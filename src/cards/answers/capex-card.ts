import { companyBillQuarters } from '../../facts/bill-quarters.ts';
import type { Fact, Subject } from '../../facts/fact.ts';
import type { ReportedFigures } from '../../facts/figures.ts';
import { guidanceInForce } from '../../facts/guidance.ts';
import { METRIC_IDS, METRICS } from '../../facts/metric.ts';
import { isSamePeriodEnd } from '../../facts/period.ts';
import type { ShownFact } from '../../facts/shown-fact.ts';
import { nameInList } from '../../i18n/names.ts';
import { billPicture } from '../bill-picture.ts';
import type { Card, Table } from '../card.ts';
import { figuresTitle, shareOf } from '../figures-card.ts';
import { fundingSection } from './funding-section.ts';
import { guidanceSection } from './guidance-section.ts';
import {
  basisText,
  column,
  dashLines,
  type LedgerView,
  latestOf,
  ledgerCard,
  presentAndEarlier,
  sourcesSection,
} from './ledger-view.ts';
import {
  lastQuarters,
  narrowQuarterCells,
  narrowQuarterColumns,
  type QuarterFigures,
  quarterCells,
  quarterColumns,
  quarterName,
} from './quarters.ts';

const QUARTERS_SHOWN = 8;
/** Of the newest quarters; a button shows all. */
const SOURCES_SHOWN = 4;
/** "2024-06" of a date. */
const MONTH_LENGTH = 7;

/** Its capex by quarter, with guidance that counts in the same way. */
const pictureOf = (view: LedgerView, subject: Subject, { capex: { fact } }: ReportedFigures): Pick<Card, 'picture'> => {
  const { words, ledger, asOf } = view;
  const guidance = guidanceInForce(ledger, subject, asOf);
  const bill = companyBillQuarters(ledger, subject, fact.period.end, asOf);
  return billPicture(words, bill, guidance?.basis === fact.basis ? guidance : undefined);
};

const quarterTable = (words: LedgerView['words'], quarters: readonly QuarterFigures[]): Table => ({
  columns: [column(words, 'answer.quarter', 'left'), ...quarterColumns(words)],
  rows: quarters.toReversed().map((quarter) => [quarterName(words, quarter), ...quarterCells(words, quarter.figures)]),
  narrow: {
    columns: [column(words, 'answer.brief.ended', 'left'), ...narrowQuarterColumns(words)],
    rows: quarters
      .toReversed()
      .map(({ end, figures }) => [end.slice(0, MONTH_LENGTH), ...narrowQuarterCells(words, figures)]),
  },
  narrowNote: words.say('answer.brief.note'),
});

/** A line if the company has reported a newer quarter than the ledger has, or should have by now. */
const staleLines = ({ words, ledger, asOf }: LedgerView, { fact, stale }: ShownFact): string[] => {
  if (!stale) return [];
  const newest = ledger.newestPeriodEnd(fact.subject, asOf) ?? fact.period.end;
  const isReported = newest > fact.period.end && !isSamePeriodEnd(newest, fact.period.end);
  return [words.say(isReported ? 'answer.stale' : 'answer.due')];
};

const disclosedCard = (
  view: LedgerView,
  subject: Subject,
  quarters: readonly QuarterFigures[],
  newest: ReportedFigures,
): Card => {
  const { words } = view;
  const table = quarterTable(words, quarters);
  const facts = quarters.toReversed().flatMap(({ figures }) => figures?.capex.fact ?? []);
  return ledgerCard(view, {
    kind: 'capex',
    title: figuresTitle(words, nameInList(words, subject), newest),
    tag: subject,
    lead: [
      shareOf(words, 'of_cash_flow', newest.ofOperatingCashFlow),
      shareOf(words, 'of_revenue', newest.ofRevenue),
      ...staleLines(view, newest.capex),
    ],
    ...pictureOf(view, subject, newest),
    sections: [
      {
        heading: words.say('capex.bill'),
        hint: words.say('capex.bill-hint'),
        rows: [],
        table,
      },
      ...fundingSection(view, subject, newest.capex.fact.period.end),
      guidanceSection(view, subject),
      sourcesSection(view, facts.slice(0, SOURCES_SHOWN), 'period'),
    ],
    footer: [
      words.say('answer.counted', { basis: basisText(words, newest.capex.fact.basis) }),
      ...dashLines(words, table),
    ],
  });
};

/** Other figures about the spending of a subject that reports no quarters. */
const undisclosedCard = (view: LedgerView, subject: Subject, facts: readonly Fact[]): Card => {
  const { words } = view;
  return ledgerCard(view, {
    kind: 'capex',
    title: words.say('capex.none', { name: nameInList(words, subject) }),
    tag: subject,
    lead: [words.say('capex.none-lead')],
    sections: presentAndEarlier(view, facts, words.say('capex.bill')),
  });
};

/** A company's capex: eight quarters, guidance and its changes, sources. Undefined if nothing was known. */
export const capexCard = (view: LedgerView, subject: Subject): Card | undefined => {
  const quarters = lastQuarters(view.ledger, subject, view.asOf, QUARTERS_SHOWN);
  const newest = quarters.at(-1)?.figures;
  if (newest) return disclosedCard(view, subject, quarters, newest);
  const billMetrics = METRIC_IDS.filter((metric) => METRICS[metric].side === 'bill');
  const facts = latestOf(view, subject, billMetrics);
  return facts.length > 0 ? undisclosedCard(view, subject, facts) : undefined;
};
