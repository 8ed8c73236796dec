import type { Fact } from '../../facts/fact.ts';
import { type ReportedFigures, reportedFigures } from '../../facts/figures.ts';
import { guidanceInForce } from '../../facts/guidance.ts';
import { type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import { shiftQuarter } from '../../facts/period.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatChange, formatPercent } from '../../i18n/percent.ts';
import type { Card, Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { DASH } from '../peak-table.ts';
import { arithmeticSection } from './arithmetic-section.ts';
import {
  changeCell,
  column,
  factRows,
  type LedgerView,
  latestOf,
  ledgerCard,
  shareCell,
  sourcesSection,
} from './ledger-view.ts';

const titleOf = ({ words }: LedgerView, four: HyperscalerSum): string => {
  const title = words.say('four-bill.title', {
    amount: formatUsdMillions(words, four.capex),
    period: formatPeriod(words, four.quarter.start, four.quarter.end),
  });
  return four.yoyPercent === undefined
    ? title
    : words.say('four-bill.title-on-year', { title, change: formatChange(words, four.yoyPercent, 0) });
};

const leadOf = ({ words, ledger, companies, asOf }: LedgerView, four: HyperscalerSum): string[] => {
  const share = four.ofOperatingCashFlow;
  const newer = hyperscalerSum(ledger, companies, shiftQuarter(four.quarter, 1), asOf);
  const begun = newer && {
    period: formatPeriod(words, newer.quarter.start, newer.quarter.end),
    reported: newer.reported,
    of: newer.of,
    amount: formatUsdMillions(words, newer.capex),
  };
  return [
    share === undefined
      ? words.say('four-bill.of-cash-flow-unknown')
      : words.say('four-bill.of-cash-flow', { percent: formatPercent(words, share, 0) }),
    ...(begun ? [words.say('four-bill.begun', begun)] : []),
  ];
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
  },
  rows: guidance,
});

/** AI-revenue figures of the four and OpenAI: cloud revenue first, then AI by the companies' own measure. */
const returnFacts = (view: LedgerView): Fact[] => [
  ...(['cloud_revenue', 'ai_run_rate'] as const).flatMap((metric) =>
    view.companies.four.flatMap((subject) => latestOf(view, subject, [metric])),
  ),
  ...view.companies.ofRole('lab').flatMap((lab) => latestOf(view, lab, ['annualised_revenue'])),
];

/** What the four hyperscalers spend, what it brings in, and an estimate that is often misread. Undefined before any quarter. */
export const billCard = (view: LedgerView): Card | undefined => {
  const { words, ledger, companies, asOf } = view;
  const four = newestHyperscalerSum(ledger, companies, asOf);
  if (!four) return undefined;
  const each = companies.four
    .flatMap((subject) => reportedFigures(ledger, subject, four.quarter.end, asOf) ?? [])
    .sort((a, b) => (b.capex.fact.value ?? 0) - (a.capex.fact.value ?? 0));
  const guidance = each.map(({ subject }) => guidanceInForce(ledger, subject, asOf));
  const back = {
    heading: words.say('return.heading'),
    hint: words.say('return.hint'),
    rows: factRows(view, returnFacts(view)),
  };
  const arithmetic = arithmeticSection(view, four);
  const capex = each.map((figures) => figures.capex.fact);
  return ledgerCard(view, {
    kind: 'bill',
    title: titleOf(view, four),
    lead: leadOf(view, four),
    sections: [
      billSection(view, four, each, factRows(view, guidance)),
      ...(back.rows.length > 0 ? [back] : []),
      ...(arithmetic ? [arithmetic] : []),
      sourcesSection(view, capex, 'company'),
    ],
  });
};
