import { billQuarters } from '../../facts/bill-quarters.ts';
import { DOLLARS_PER_MILLION, type Fact, type Subject } from '../../facts/fact.ts';
import { type ReportedFigures, reportedFigures } from '../../facts/figures.ts';
import { guidanceInForce, guidanceSteps } from '../../facts/guidance.ts';
import { type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import type { Metric } from '../../facts/metric.ts';
import { shiftQuarter } from '../../facts/period.ts';
import { isPresent } from '../../facts/stale.ts';
import { cloudBesideCapex, fundingLines } from '../../facts/who-pays.ts';
import { formatUsdInTable, formatUsdInWords, formatUsdMillions } from '../../i18n/amounts.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { joinNames, nameInList } from '../../i18n/names.ts';
import { formatChange, formatPercent } from '../../i18n/percent.ts';
import { billPicture } from '../bill-picture.ts';
import type { Card, Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { fundingRows, growthRow } from '../funding-rows.ts';
import { DASH } from '../peak-table.ts';
import { arithmeticSection } from './arithmetic-section.ts';
import {
  byPublication,
  changeCell,
  changeInTable,
  column,
  factRows,
  type LedgerView,
  latestOf,
  ledgerCard,
  NAME_COLUMN,
  shareCell,
  shareInTable,
  sourcesSection,
} from './ledger-view.ts';
import { narrowQuarterCells, narrowQuarterColumns } from './quarters.ts';

const titleOf = ({ words }: LedgerView, four: HyperscalerSum): string =>
  words.say('four-bill.title', {
    amount: formatUsdInWords(words, four.capex * DOLLARS_PER_MILLION),
    period: formatPeriod(words, four.quarter.start, four.quarter.end),
  });

/** What has been reported since, or how long ago the quarter ended if something should have been. */
const ageLines = ({ words }: LedgerView, { age }: HyperscalerSum): string[] => {
  if (!age?.stale) return [];
  if (!age.newer) return [words.say('four-bill.old', { count: age.days })];
  const { quarter, reported, of, capex } = age.newer;
  const period = formatPeriod(words, quarter.start, quarter.end);
  return [words.say('four-bill.begun', { period, reported, of, amount: formatUsdMillions(words, capex) })];
};

/** The change on the year: what matters most in the lead. */
const strongOf = ({ words }: LedgerView, { yoyPercent }: HyperscalerSum): string =>
  yoyPercent === undefined ? '' : words.say('four-bill.on-year', { change: formatChange(words, yoyPercent, 0) });

/** "+87% on the year; 96% of operating cash flow (69% a year before)." */
const leadOf = (view: LedgerView, four: HyperscalerSum): string[] => {
  const { words, ledger, companies, asOf } = view;
  const share = four.ofOperatingCashFlow;
  const before = hyperscalerSum(ledger, companies, shiftQuarter(four.quarter, -4), asOf)?.ofOperatingCashFlow;
  const shareText =
    share === undefined
      ? words.say('four-bill.of-cash-flow-unknown')
      : words.say(before === undefined ? 'four-bill.of-cash-flow' : 'four-bill.of-cash-flow-before', {
          percent: formatPercent(words, share, 0),
          ...(before !== undefined && { before: formatPercent(words, before, 0) }),
        });
  const parts = [strongOf(view, four), shareText].filter((part) => part !== '');
  return [words.say('four-bill.lead', { parts: parts.join('; ') }), ...ageLines(view, four)];
};

const billSection = (
  { words }: LedgerView,
  four: HyperscalerSum,
  each: readonly ReportedFigures[],
  guidance: readonly Row[],
): Section => ({
  heading: words.say('bill.heading'),
  hint: words.say('four-bill.bill-hint'),
  table: {
    columns: [
      column(words, 'answer.company', 'left'),
      column(words, 'answer.capex'),
      column(words, 'answer.on-year'),
      column(words, 'answer.of-cash-flow'),
    ],
    rows: [
      ...each.map(({ subject, capex, ofOperatingCashFlow }) => [
        nameInList(words, subject),
        formatFactAmount(words, capex.fact) ?? DASH,
        changeCell(words, capex.yoyPercent),
        shareCell(words, ofOperatingCashFlow),
      ]),
      [
        words.say('four.label'),
        formatUsdMillions(words, four.capex),
        changeCell(words, four.yoyPercent),
        shareCell(words, four.ofOperatingCashFlow),
      ],
    ],
    narrow: {
      columns: [NAME_COLUMN, ...narrowQuarterColumns(words)],
      rows: [
        ...each.map((figures) => [figures.subject, ...narrowQuarterCells(words, figures)]),
        [
          words.say('four.brief', { count: each.length }),
          formatUsdInTable(words, four.capex),
          changeInTable(words, four.yoyPercent),
          shareInTable(words, four.ofOperatingCashFlow),
        ],
      ],
    },
  },
  note: words.say('answer.brief.note'),
  rows: guidance,
});

/** The newest step of guidance among the four, with what it was before. */
const guidanceRow = (view: LedgerView): Row[] => {
  const { words, ledger, companies, asOf } = view;
  const [newest] = companies.four
    .flatMap((subject) => guidanceInForce(ledger, subject, asOf) ?? [])
    .toSorted(byPublication);
  const step = newest && guidanceSteps(ledger, newest, asOf).findLast(({ fact }) => fact.id === newest.id);
  const [row] = factRows(view, [newest]);
  if (!row || !step || step.revision === 'first') return row ? [row] : [];
  const said = { figure: row.text, revision: words.say(`guidance.${step.revision}`) };
  const before = step.previous && step.revision !== 'kept' ? formatFactAmount(words, step.previous) : undefined;
  return [
    {
      ...row,
      text:
        before === undefined ? words.say('guidance.step', said) : words.say('guidance.step-from', { ...said, before }),
    },
  ];
};

/** AI revenue of the four by their own measures, and of those who sell to them or with them. */
const returnFacts = (view: LedgerView): Fact[] => {
  const { companies } = view;
  const latest = (subjects: readonly Subject[], ...metrics: readonly Metric[]): Fact[] =>
    subjects.flatMap((subject) => latestOf(view, subject, metrics));
  return [
    ...latest(companies.four, 'ai_run_rate', 'azure_ai_points'),
    ...latest(companies.ofRole('lab'), 'annualised_revenue'),
    ...latest(companies.ofRole('chip_seller'), 'datacenter_revenue'),
  ].filter(({ period }) => isPresent(period, view.asOf));
};

/** What AI brings in, beside what is spent on it, and what nobody tells. */
const returnSection = (view: LedgerView, four: HyperscalerSum): Section => {
  const { words, ledger, companies, asOf } = view;
  const facts = returnFacts(view);
  const silent = companies.four.filter((subject) => !facts.some((fact) => fact.subject === subject));
  const names = joinNames(
    words,
    silent.map((subject) => nameInList(words, subject)),
  );
  const growth = cloudBesideCapex(ledger, companies.four, four.quarter.end, asOf);
  return {
    heading: words.say('return.heading'),
    hint: words.say('return.hint'),
    rows: [
      ...(growth ? [growthRow(words, growth, four.quarter)] : []),
      ...factRows(view, facts),
      {
        label: words.say('pays.label.not_disclosed'),
        text: silent.length === 0 ? words.say('pays.silent-none') : words.say('pays.silent', { names }),
      },
    ],
  };
};

const paysSection = ({ words, ledger, companies, asOf }: LedgerView, four: HyperscalerSum): Section[] => {
  const rows = fundingRows(words, fundingLines(ledger, companies.four, four.quarter.end, asOf));
  return rows.length === 0 ? [] : [{ heading: words.say('pays.heading'), hint: words.say('pays.four'), rows }];
};

/** What the four hyperscalers spend, who pays for it, what it brings in, and an estimate that is often misread. Undefined before any quarter. */
export const billCard = (view: LedgerView): Card | undefined => {
  const { ledger, companies, asOf } = view;
  const four = newestHyperscalerSum(ledger, companies, asOf);
  if (!four) return undefined;
  const each = companies.four
    .flatMap((subject) => reportedFigures(ledger, subject, four.quarter.end, asOf) ?? [])
    .sort((a, b) => (b.capex.fact.value ?? 0) - (a.capex.fact.value ?? 0));
  const arithmetic = arithmeticSection(view, four);
  const capex = each.map((figures) => figures.capex.fact);
  return ledgerCard(view, {
    kind: 'bill',
    title: titleOf(view, four),
    lead: leadOf(view, four),
    strong: strongOf(view, four),
    ...billPicture(view.words, billQuarters(ledger, companies, asOf)),
    sections: [
      billSection(view, four, each, guidanceRow(view)),
      ...paysSection(view, four),
      returnSection(view, four),
      ...(arithmetic ? [arithmetic] : []),
      sourcesSection(view, capex, 'company'),
    ],
    footer: [view.words.say('pays.bases')],
  });
};
