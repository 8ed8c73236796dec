import type { Fact, Subject } from '../../facts/fact.ts';
import { MAGNIFICENT_SEVEN } from '../../facts/fact.ts';
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
import { type Relation, relationsAt, relationTargets } from '../../facts/relations.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Card, Row, Section } from '../card.ts';
import { fitTitle } from '../card.ts';
import { factFigure, factRow, periodOf } from '../fact-row.ts';
import { ratioRow } from '../related-figures-sections.ts';
import { asOfLine, dayOf, type LedgerView, shownFact, usdMillions } from './ledger-view.ts';

/** What a company says of AI itself comes first, a wider line that holds it last. */
const HEADLINES: readonly Metric[] = [
  'ai_run_rate',
  'annualised_revenue',
  'datacenter_revenue',
  'azure_ai_points',
  'cloud_revenue',
  'openai_revenue',
];

const RETURN = METRIC_IDS.filter((metric) => METRICS[metric].side === 'return');

const newestFirst = (a: Fact, b: Fact): number =>
  a.published === b.published ? 0 : a.published < b.published ? 1 : -1;

/** What brings a company AI revenue, as far as it is told: its own figures, and OpenAI's part where it is its cloud. */
const disclosed = ({ ledger, asOf }: LedgerView, subject: Subject, relations: readonly Relation[]): Fact[] => {
  const customers = relationTargets(relationsAt(relations, asOfInstant(asOf)), 'cloud_of', subject);
  return [
    ...RETURN.flatMap((metric) => ledger.latest(subject, metric, asOf) ?? []),
    ...customers.flatMap((customer) => ledger.latest(customer, 'openai_revenue', asOf) ?? []),
  ].sort(newestFirst);
};

/** What a reader would want to know and is not told, as keys of `ai.missing`. */
const missingOf = (subject: Subject, facts: readonly Fact[]): string[] => {
  const has = (metric: Metric): boolean => facts.some((fact) => fact.metric === metric);
  const wants: readonly (readonly [boolean, string])[] = [
    [subject === 'OPENAI', 'accounts'],
    [has('ai_run_rate'), 'audited'],
    [
      MAGNIFICENT_SEVEN.some((company) => company === subject) && !has('ai_run_rate') && !has('datacenter_revenue'),
      'any',
    ],
    [has('cloud_revenue'), 'cloud'],
    [has('datacenter_revenue'), 'datacenter'],
    [has('azure_growth'), 'azure'],
    [subject !== 'INDUSTRY', 'profit'],
  ];
  return wants.flatMap(([wanted, key]) => (wanted ? [key] : []));
};

const ratioOf = ({ ledger, asOf }: LedgerView, subject: Subject): BillToReturn | undefined => {
  const derived = capexOfCloudRevenue(ledger, subject, asOf) ?? capitalIntensity(ledger, subject, asOf);
  const [bill, back] = derived?.inputs ?? [];
  return derived && bill && back && { bill, return: back, percent: derived.value };
};

/** What was added in a year, bill and return, and how many years of work are signed. */
const growthRows = ({ words, ledger, asOf }: LedgerView, subject: Subject): Row[] => {
  const increment = incrementalReturn(ledger, subject, asOf);
  const cover = backlogCover(ledger, subject, asOf);
  const label = nameInList(words, subject);
  const texts = [
    increment &&
      words.say('ai.beside.increment', {
        capex: usdMillions(words, increment.capex.value),
        cloud: usdMillions(words, increment.cloud.value),
      }),
    cover &&
      words.say('ai.beside.backlog', {
        years: formatNumber(words.language, cover.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
      }),
  ];
  return texts.flatMap((text) => (text === undefined ? [] : [{ label, text }]));
};

const besideSection = (view: LedgerView, subject: Subject): Section => {
  const { words, ledger, asOf } = view;
  const bill = [quarterOf(ledger, subject, 'capex_cash', asOf), guidanceInForce(ledger, subject, asOf)];
  const ratio = ratioOf(view, subject);
  return {
    heading: words.say('ai.beside.heading'),
    rows: [
      ...bill.flatMap((fact) => (fact ? [factRow(words, shownFact(view, fact), dayOf(view))] : [])),
      ...(ratio ? ratioRow(words, ratio, dayOf(view)) : []),
      ...growthRows(view, subject),
    ],
  };
};

const titleOf = ({ words }: LedgerView, subject: Subject, facts: readonly Fact[]): string => {
  const name = nameInList(words, subject);
  const fact = HEADLINES.map((metric) => facts.find((each) => each.metric === metric)).find((each) => each);
  return fact
    ? words.say('ai.title', { name, figure: factFigure(words, fact), period: periodOf(words, fact) })
    : words.say('ai.none', { name });
};

/** What a company tells of its AI revenue, what it does not, and its bill beside it. */
export const aiRevenueCard = (view: LedgerView, subject: Subject, relations: readonly Relation[]): Card => {
  const { words } = view;
  const facts = disclosed(view, subject, relations);
  const sections: Section[] = [
    {
      heading: words.say('ai.heading'),
      hint: words.say('ai.hint'),
      rows: facts.map((fact) => factRow(words, shownFact(view, fact), dayOf(view))),
    },
    {
      heading: words.say('ai.missing.heading'),
      rows: missingOf(subject, facts).map((key) => ({ label: '', text: words.say(`ai.missing.${key}`) })),
    },
    besideSection(view, subject),
  ];
  return {
    kind: 'ai-revenue',
    tone: 'calm',
    title: fitTitle(titleOf(view, subject, facts)),
    tag: subject,
    lead: [],
    sections: sections.filter(({ rows }) => rows.length > 0),
    footer: [asOfLine(view)],
  };
};
