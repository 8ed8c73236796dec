import type { Fact } from '../../facts/fact.ts';
import { type ReportedFigures, reportedFigures } from '../../facts/figures.ts';
import { guidanceInForce } from '../../facts/guidance.ts';
import {
  HYPERSCALERS,
  type HyperscalerSum,
  hyperscalerSum,
  newestHyperscalerSum,
} from '../../facts/hyperscaler-sum.ts';
import { shiftQuarter } from '../../facts/period.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatChange, formatPercent } from '../../i18n/percent.ts';
import type { Card, Section } from '../card.ts';
import { fitTitle } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { factRow } from '../fact-row.ts';
import { arithmeticSection } from './arithmetic-section.ts';
import {
  asOfLine,
  changeCell,
  DASH,
  dayOf,
  type LedgerView,
  shareCell,
  shownFact,
  sourcesSection,
  usdMillions,
} from './ledger-view.ts';

const titleOf = ({ words }: LedgerView, four: HyperscalerSum): string => {
  const title = words.say('four-bill.title', {
    amount: usdMillions(words, four.capex),
    period: formatPeriod(words, four.quarter.start, four.quarter.end),
  });
  return four.yoyPercent === undefined
    ? title
    : words.say('four-bill.title-on-year', { title, change: formatChange(words, four.yoyPercent, 0) });
};

const leadOf = ({ words, ledger, asOf }: LedgerView, four: HyperscalerSum): string[] => {
  const share = four.ofOperatingCashFlow;
  const newer = hyperscalerSum(ledger, shiftQuarter(four.quarter, 1), asOf);
  return [
    share === undefined
      ? words.say('four-bill.of-cash-flow-unknown')
      : words.say('four-bill.of-cash-flow', { percent: formatPercent(words, share, 0) }),
    ...(newer
      ? [
          words.say('four-bill.begun', {
            period: formatPeriod(words, newer.quarter.start, newer.quarter.end),
            reported: newer.reported,
            of: newer.of,
            amount: usdMillions(words, newer.capex),
          }),
        ]
      : []),
  ];
};

const billSection = (
  view: LedgerView,
  four: HyperscalerSum,
  each: readonly ReportedFigures[],
  guided: readonly Fact[],
): Section => {
  const { words } = view;
  const column = (key: string, align: 'left' | 'right' = 'right') => ({ title: words.say(`answer.${key}`), align });
  return {
    heading: words.say('bill.heading'),
    hint: words.say('four-bill.bill-hint'),
    table: {
      columns: [column('company', 'left'), column('capex'), column('on-year'), column('of-cash-flow')],
      rows: [
        ...each.map(({ subject, capex, ofOperatingCashFlow }) => [
          nameInList(words, subject),
          formatFactAmount(words, capex.fact) ?? DASH,
          changeCell(words, capex.yoyPercent),
          shareCell(words, ofOperatingCashFlow),
        ]),
        [
          words.say('four.label'),
          usdMillions(words, four.capex),
          changeCell(words, four.yoyPercent),
          shareCell(words, four.ofOperatingCashFlow),
        ],
      ],
    },
    rows: guided.map((fact) => factRow(words, shownFact(view, fact), dayOf(view))),
  };
};

/** What the four and OpenAI tell of the return: clouds first, then AI by their own measure. */
const returned = ({ ledger, asOf }: LedgerView): Fact[] => [
  ...(['cloud_revenue', 'ai_run_rate'] as const).flatMap((metric) =>
    HYPERSCALERS.flatMap((subject) => ledger.latest(subject, metric, asOf) ?? []),
  ),
  ...[ledger.latest('OPENAI', 'annualised_revenue', asOf) ?? []].flat(),
];

/** The big picture: what the four hyperscalers spend, what it brings in, and an estimate that is often misread. */
export const billCard = (view: LedgerView): Card | undefined => {
  const { words, ledger, asOf } = view;
  const four = newestHyperscalerSum(ledger, asOf);
  if (!four) return undefined;
  const each = HYPERSCALERS.flatMap((subject) => reportedFigures(ledger, subject, four.quarter.end, asOf) ?? []).sort(
    (a, b) => (b.capex.fact.value ?? 0) - (a.capex.fact.value ?? 0),
  );
  const guided = each.flatMap(({ subject }) => guidanceInForce(ledger, subject, asOf) ?? []);
  const back = returned(view);
  const arithmetic = arithmeticSection(view, four);
  return {
    kind: 'bill',
    tone: 'calm',
    title: fitTitle(titleOf(view, four)),
    lead: leadOf(view, four),
    sections: [
      billSection(view, four, each, guided),
      ...(back.length > 0
        ? [
            {
              heading: words.say('return.heading'),
              hint: words.say('return.hint'),
              rows: back.map((fact) => factRow(words, shownFact(view, fact), dayOf(view))),
            },
          ]
        : []),
      ...(arithmetic ? [arithmetic] : []),
      sourcesSection(
        view,
        each.map(({ capex }) => capex.fact),
        'company',
      ),
    ],
    footer: [asOfLine(view)],
  };
};
