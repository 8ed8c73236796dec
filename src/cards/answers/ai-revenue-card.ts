import type { Fact, Subject } from '../../facts/fact.ts';
import { guidanceInForce } from '../../facts/guidance.ts';
import { asOfInstant } from '../../facts/known-from.ts';
import { METRIC_IDS, METRICS, type Metric } from '../../facts/metric.ts';
import {
  backlogCover,
  capexOfCloudRevenue,
  capitalIntensity,
  incrementalReturn,
  quarterOf,
} from '../../facts/ratios.ts';
import type { BillToReturn } from '../../facts/related-figures.ts';
import { relationsAt, relationTargets } from '../../facts/relations.ts';
import { isPresent } from '../../facts/stale.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Card, Row, Section } from '../card.ts';
import { factFigure, periodOf } from '../fact-row.ts';
import { ratioRow } from '../related-figures-sections.ts';
import {
  byPublication,
  dayOf,
  factRows,
  type LedgerView,
  latestOf,
  ledgerCard,
  presentAndEarlier,
} from './ledger-view.ts';
import { tiesSection } from './ties-section.ts';

/** Metrics for the title: AI itself first, wider lines that include it last. */
const TITLE_METRICS: readonly Metric[] = [
  'ai_run_rate',
  'annualised_revenue',
  'datacenter_revenue',
  'azure_ai_points',
  'cloud_revenue',
  'openai_revenue',
];

const RETURN_METRICS = METRIC_IDS.filter((metric) => METRICS[metric].side === 'return');

/** Disclosed AI revenue: a company's own figures, and OpenAI's revenue if the company is its cloud. */
const disclosed = (view: LedgerView, subject: Subject): Fact[] => {
  const customers = relationTargets(relationsAt(view.companies.relations, asOfInstant(view.asOf)), 'cloud_of', subject);
  return [
    ...latestOf(view, subject, RETURN_METRICS),
    ...customers.flatMap((customer) => latestOf(view, customer, ['openai_revenue'])),
  ].sort(byPublication);
};

/** What the company does not disclose, as keys of `ai.missing`. */
const missingOf = ({ companies }: LedgerView, subject: Subject, facts: readonly Fact[]): string[] => {
  const has = (metric: Metric): boolean => facts.some((fact) => fact.metric === metric);
  const role = companies.get(subject)?.role;
  const missing: readonly (readonly [boolean, string])[] = [
    [role === 'lab', 'accounts'],
    [has('ai_run_rate'), 'audited'],
    [role !== 'lab' && role !== 'industry' && !has('ai_run_rate') && !has('datacenter_revenue'), 'any'],
    [has('cloud_revenue'), 'cloud'],
    [has('datacenter_revenue'), 'datacenter'],
    [has('azure_growth'), 'azure'],
    [role !== 'industry', 'profit'],
  ];
  return missing.flatMap(([applies, key]) => (applies ? [key] : []));
};

const ratioOf = ({ ledger, asOf }: LedgerView, subject: Subject): BillToReturn | undefined => {
  const derived = capexOfCloudRevenue(ledger, subject, asOf) ?? capitalIntensity(ledger, subject, asOf);
  const [bill, back] = derived?.inputs ?? [];
  return derived && bill && back && { bill, return: back, percent: derived.value };
};

/** The year's increase of capex and of cloud revenue, and the backlog in years of revenue. */
const growthRows = ({ words, ledger, asOf }: LedgerView, subject: Subject): Row[] => {
  const increment = incrementalReturn(ledger, subject, asOf);
  const cover = backlogCover(ledger, subject, asOf);
  const label = nameInList(words, subject);
  const texts = [
    increment &&
      words.say('ai.beside.increment', {
        capex: formatUsdMillions(words, increment.capex.value),
        cloud: formatUsdMillions(words, increment.cloud.value),
      }),
    cover &&
      words.say('ai.beside.backlog', {
        years: formatNumber(words.language, cover.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
      }),
  ];
  return texts.flatMap((text) => (text === undefined ? [] : [{ label, text }]));
};

const billSection = (view: LedgerView, subject: Subject): Section => {
  const { words, ledger, asOf } = view;
  const bill = [quarterOf(ledger, subject, 'capex_cash', asOf), guidanceInForce(ledger, subject, asOf)];
  const ratio = ratioOf(view, subject);
  return {
    heading: words.say('ai.beside.heading'),
    rows: [
      ...factRows(view, bill),
      ...(ratio ? ratioRow(words, ratio, dayOf(view)) : []),
      ...growthRows(view, subject),
    ],
  };
};

const titleOf = ({ words, ledger, asOf }: LedgerView, subject: Subject, facts: readonly Fact[]): string => {
  const name = nameInList(words, subject);
  const fact = TITLE_METRICS.map((metric) => facts.find((each) => each.metric === metric)).find((each) => each);
  if (!fact) return words.say('ai.none', { name });
  const title = words.say('ai.title', { name, figure: factFigure(words, fact), period: periodOf(words, fact) });
  return ledger.disputes(fact, asOf).length > 0 ? `${title}, ${words.say('fact.disputed')}` : title;
};

/** The AI revenue that a company discloses, what it does not disclose, and its bill. */
export const aiRevenueCard = (view: LedgerView, subject: Subject): Card => {
  const { words } = view;
  const facts = disclosed(view, subject);
  const present = facts.filter(({ period }) => isPresent(period, view.asOf));
  const sections: Section[] = [
    ...presentAndEarlier(view, facts, words.say('ai.heading'), words.say('ai.hint')),
    {
      heading: words.say('ai.missing.heading'),
      rows: missingOf(view, subject, present).map((key) => ({ label: '', text: words.say(`ai.missing.${key}`) })),
    },
    billSection(view, subject),
    tiesSection(view, subject),
  ];
  return ledgerCard(view, {
    kind: 'ai-revenue',
    title: titleOf(view, subject, present),
    tag: subject,
    sections: sections.filter(({ rows }) => rows.length > 0),
  });
};
