import { billQuarters } from '../../facts/bill-quarters.ts';
import { DOLLARS_PER_MILLION, type Fact, type Subject } from '../../facts/fact.ts';
import { type ReportedFigures, reportedFigures } from '../../facts/figures.ts';
import { guidanceInForce, guidanceSteps, type Revision } from '../../facts/guidance.ts';
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
import { basisBrief, factAside } from '../fact-row.ts';
import { fundingRows, growthRow } from '../funding-rows.ts';
import { DASH } from '../peak-table.ts';
import { publishedLine } from '../published-line.ts';
import { arithmeticSection } from './arithmetic-section.ts';
import {
  byPublication,
  changeCell,
  changeInTable,
  column,
  dayOf,
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
    narrowNote: words.say('answer.brief.note'),
  },
  rows: guidance,
});

/** Steps that are said with what was guided before. */
const IS_FROM: readonly Revision[] = ['raised', 'lowered', 'narrowed', 'widened'];

/** The newest step of guidance among the four, with what it was before. */
const guidanceRow = (view: LedgerView): Row[] => {
  const { words, ledger, companies, asOf } = view;
  const [newest] = companies.four
    .flatMap((subject) => guidanceInForce(ledger, subject, asOf) ?? [])
    .toSorted(byPublication);
  const amount = newest && formatFactAmount(words, newest);
  if (!newest || amount === undefined) return [];
  const step = guidanceSteps(ledger, newest, asOf).findLast(({ fact }) => fact.id === newest.id);
  const figure = (): string => {
    // What was counted otherwise is no "was".
    const before = step && IS_FROM.includes(step.revision) && step.previous && formatFactAmount(words, step.previous);
    if (before) return words.say('guidance.guides_from', { amount, before });
    return words.say(step?.revision === 'kept' ? 'guidance.guides_kept' : 'guidance.guides', { amount });
  };
  const aside = factAside(words, newest, dayOf(view), basisBrief(words, newest));
  return factRows(view, [newest], figure)
    .slice(0, 1)
    .map((row) => ({ ...row, aside }));
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

/** What `/bill` has more to say about. */
export const BILL_DETAILS = ['who-pays', 'return', 'arithmetic', 'sources'] as const;
export type BillDetails = (typeof BILL_DETAILS)[number];

/** The four's newest quarter, and each company's figures of it, the largest capex first. */
interface Bill {
  readonly four: HyperscalerSum;
  readonly each: readonly ReportedFigures[];
}

const billOf = ({ ledger, companies, asOf }: LedgerView): Bill | undefined => {
  const four = newestHyperscalerSum(ledger, companies, asOf);
  if (!four) return undefined;
  const each = companies.four
    .flatMap((subject) => reportedFigures(ledger, subject, four.quarter.end, asOf) ?? [])
    .sort((a, b) => (b.capex.fact.value ?? 0) - (a.capex.fact.value ?? 0));
  return { four, each };
};

/** Capex beside cloud revenue, in one row. */
const returnInBrief = ({ words, ledger, companies, asOf }: LedgerView, four: HyperscalerSum): Section[] => {
  const growth = cloudBesideCapex(ledger, companies.four, four.quarter.end, asOf);
  return growth
    ? [
        {
          heading: words.say('return.heading'),
          hint: words.say('return.hint'),
          rows: [growthRow(words, growth, four.quarter)],
        },
      ]
    : [];
};

/** What the four hyperscalers spend, their guidance and what it brings in, in brief. Undefined before any quarter. */
export const billCard = (view: LedgerView): Card | undefined => {
  const { words, ledger, companies, asOf } = view;
  const bill = billOf(view);
  if (!bill) return undefined;
  const { four, each } = bill;
  return ledgerCard(view, {
    kind: 'bill',
    title: titleOf(view, four),
    lead: leadOf(view, four),
    strong: strongOf(view, four),
    ...billPicture(words, billQuarters(ledger, companies, asOf)),
    sections: [billSection(view, four, each, guidanceRow(view)), ...returnInBrief(view, four)],
    ...publishedLine(
      words,
      each.map(({ capex }) => capex.fact),
      dayOf(view),
    ),
  });
};

const SECTIONS: Readonly<Record<BillDetails, (view: LedgerView, bill: Bill) => readonly (Section | undefined)[]>> = {
  'who-pays': (view, { four }) => paysSection(view, four),
  return: (view, { four }) => [returnSection(view, four)],
  arithmetic: (view, { four }) => [arithmeticSection(view, four)],
  sources: (view, { each }) => [
    sourcesSection(
      view,
      each.map(({ capex }) => capex.fact),
      'company',
    ),
  ],
};

/** The parts of the bill that there is something to say about, as of the view. */
export const billDetails = (view: LedgerView): readonly BillDetails[] => {
  const bill = billOf(view);
  return bill ? BILL_DETAILS.filter((part) => SECTIONS[part](view, bill).some((it) => it !== undefined)) : [];
};

/** One part of the bill in full; undefined if nothing was known of it. */
export const billDetailsCard = (view: LedgerView, part: BillDetails): Card | undefined => {
  const { words } = view;
  const bill = billOf(view);
  const sections = bill ? SECTIONS[part](view, bill).flatMap((section) => section ?? []) : [];
  if (!bill || sections.length === 0) return undefined;
  const { four } = bill;
  return ledgerCard(view, {
    kind: 'bill',
    title: words.say(`four-bill.details.${part}`, {
      amount: formatUsdInWords(words, four.capex * DOLLARS_PER_MILLION),
    }),
    lead: [words.say('four-bill.of-quarter', { period: formatPeriod(words, four.quarter.start, four.quarter.end) })],
    sections,
    footer: part === 'who-pays' ? [words.say('pays.bases')] : [],
  });
};
