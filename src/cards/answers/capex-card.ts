import type { Fact, Subject } from '../../facts/fact.ts';
import { DOLLARS_PER_MILLION } from '../../facts/fact.ts';
import type { ReportedFigures } from '../../facts/figures.ts';
import { METRIC_IDS, METRICS } from '../../facts/metric.ts';
import { isSamePeriodEnd } from '../../facts/period.ts';
import type { ShownFact } from '../../facts/shown-fact.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Card, Picture, Section } from '../card.ts';
import { fitTitle } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { factRow } from '../fact-row.ts';
import { figuresTitle, shareOf } from '../figures-card.ts';
import { guidanceSection } from './guidance-section.ts';
import { asOfLine, basisText, dayOf, type LedgerView, shownFact, sourcesSection } from './ledger-view.ts';
import { hasDash, lastQuarters, type QuarterFigures, quarterCells, quarterColumns, quarterName } from './quarters.ts';

const QUARTERS = 8;
/** Sources of the newest quarters; all of them are a button away. */
const SOURCES = 4;
const picture = ({ words }: LedgerView, subject: Subject, quarters: readonly QuarterFigures[]): Picture => ({
  name: `capex-${subject.toLowerCase()}`,
  alt: words.say('capex.alt', {
    name: nameInList(words, subject),
    values: quarters
      .map((quarter) => {
        const amount = quarter.figures && formatFactAmount(words, quarter.figures.capex.fact);
        return `${quarterName(words, quarter)} ${amount ?? words.say('fact.not_disclosed')}`;
      })
      .join(', '),
  }),
  chart: {
    kind: 'quarters',
    symbol: subject,
    quarters: quarters.map(({ end, figures }) => ({
      end,
      ...(figures?.capex.fact.value !== undefined && { value: figures.capex.fact.value * DOLLARS_PER_MILLION }),
      ...(figures?.capex.yoyPercent !== undefined && { yoyPercent: figures.capex.yoyPercent }),
    })),
  },
});

const billSection = ({ words }: LedgerView, quarters: readonly QuarterFigures[]): Section => ({
  heading: words.say('capex.bill'),
  hint: words.say('capex.bill-hint'),
  rows: [],
  table: {
    columns: [{ title: words.say('answer.quarter'), align: 'left' }, ...quarterColumns(words)],
    rows: quarters
      .toReversed()
      .map((quarter) => [quarterName(words, quarter), ...quarterCells(words, quarter.figures)]),
  },
});

/** Whether the company has reported a newer quarter than the ledger has, or must have by now. */
const staleness = ({ words, ledger, asOf }: LedgerView, { fact, stale }: ShownFact): string[] => {
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
  const bill = billSection(view, quarters);
  const facts = quarters.toReversed().flatMap(({ figures }) => figures?.capex.fact ?? []);
  return {
    kind: 'capex',
    tone: 'calm',
    title: fitTitle(figuresTitle(words, nameInList(words, subject), newest)),
    tag: subject,
    lead: [
      shareOf(words, 'of_cash_flow', newest.ofOperatingCashFlow),
      shareOf(words, 'of_revenue', newest.ofRevenue),
      ...staleness(view, newest.capex),
    ],
    picture: picture(view, subject, quarters),
    sections: [bill, guidanceSection(view, subject), sourcesSection(view, facts.slice(0, SOURCES), 'period')],
    footer: [
      words.say('answer.counted', { basis: basisText(words, newest.capex.fact.basis) }),
      ...(hasDash(bill.table?.rows ?? []) ? [words.say('answer.dash')] : []),
      asOfLine(view),
    ],
  };
};

/** Whatever is known of the spending of one that publishes no quarters. */
const undisclosedCard = (view: LedgerView, subject: Subject, facts: readonly Fact[]): Card => {
  const { words } = view;
  return {
    kind: 'capex',
    tone: 'calm',
    title: fitTitle(words.say('capex.none', { name: nameInList(words, subject) })),
    tag: subject,
    lead: [words.say('capex.none-lead')],
    sections: [
      {
        heading: words.say('capex.bill'),
        rows: facts.map((fact) => factRow(words, shownFact(view, fact), dayOf(view))),
      },
    ],
    footer: [asOfLine(view)],
  };
};

/** What a company spends: eight quarters, guidance and how it changed, sources. Undefined where nothing was known. */
export const capexCard = (view: LedgerView, subject: Subject): Card | undefined => {
  const { ledger, asOf } = view;
  const quarters = lastQuarters(ledger, subject, asOf, QUARTERS);
  const newest = quarters.at(-1)?.figures;
  if (newest) return disclosedCard(view, subject, quarters, newest);
  const facts = METRIC_IDS.filter((metric) => METRICS[metric].side === 'bill').flatMap(
    (metric) => ledger.latest(subject, metric, asOf) ?? [],
  );
  return facts.length > 0 ? undisclosedCard(view, subject, facts) : undefined;
};
