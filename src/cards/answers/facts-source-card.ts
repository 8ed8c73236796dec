import type { Fact, Subject } from '../../facts/fact.ts';
import { METRIC_IDS, type Metric } from '../../facts/metric.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Card, Row, Section } from '../card.ts';
import { fitTitle } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf, reportedOn } from '../fact-row.ts';
import { asOfLine, basisText, dayOf, type LedgerView } from './ledger-view.ts';

/** Figures of one kind that are shown, the newest first: three years of quarters. */
const MOST = 12;

/** Kinds of figures that are known of a subject. */
export const knownMetrics = ({ ledger, asOf }: LedgerView, subject: Subject): Metric[] =>
  METRIC_IDS.filter((metric) => ledger.latest(subject, metric, asOf) !== undefined);

/** "$13.9B, Apr–Jun 2024. Microsoft 10-K", or without the period where the label says it. */
const sourceRow = (view: LedgerView, fact: Fact, labelled: 'metric' | 'period'): Row => {
  const { words } = view;
  const amount = formatFactAmount(words, fact) ?? words.say('fact.not_disclosed');
  const period = periodOf(words, fact);
  const source = fact.source.title;
  return {
    ...(labelled === 'metric'
      ? {
          label: words.say(`metric-name.${fact.metric}`),
          text: words.say('facts-source.text', { amount, period, source }),
        }
      : { label: period, text: words.say('facts-source.text-of-period', { amount, source }) }),
    aside: reportedOn(words, fact, dayOf(view)),
    link: fact.source.url,
  };
};

/** What each basis counts, and what the source says beside the figure. */
const detailSections = ({ words }: LedgerView, facts: readonly Fact[]): Section[] => {
  const counts = [...new Set(facts.map(({ basis }) => basis))].map((basis) => ({
    label: '',
    text: basisText(words, basis),
  }));
  const notes = facts.flatMap((fact) =>
    fact.note === undefined ? [] : [{ label: periodOf(words, fact), text: fact.note }],
  );
  return [
    { heading: words.say('facts-source.counts'), rows: counts },
    { heading: words.say('facts-source.notes'), hint: words.say('facts-source.notes-hint'), rows: notes },
  ].filter(({ rows }) => rows.length > 0);
};

/** Where the newest figure of each kind is from. */
export const sourcesCard = (view: LedgerView, subject: Subject): Card => {
  const { words, ledger, asOf } = view;
  const facts = knownMetrics(view, subject).flatMap((metric) => ledger.latest(subject, metric, asOf) ?? []);
  return {
    kind: 'facts-source',
    tone: 'calm',
    title: fitTitle(words.say('facts-source.title', { name: nameInList(words, subject) })),
    tag: subject,
    lead: [words.say('facts-source.newest')],
    sections: [
      {
        heading: words.say('answer.sources'),
        rows: facts.map((fact) => sourceRow(view, fact, 'metric')),
      },
    ],
    footer: [asOfLine(view)],
  };
};

/** One kind of figure with its history, superseded figures included: source, what is counted, notes. */
export const metricSourcesCard = (view: LedgerView, subject: Subject, metric: Metric): Card => {
  const { words, ledger, asOf } = view;
  const history = ledger.history(subject, metric, asOf);
  const facts = history
    .toSorted((a, b) => -(a.published.localeCompare(b.published) || a.period.end.localeCompare(b.period.end)))
    .slice(0, MOST);
  const title = words.say('facts-source.title-metric', {
    name: nameInList(words, subject),
    metric: words.say(`metric-name.${metric}`),
  });
  return {
    kind: 'facts-source',
    tone: 'calm',
    title: fitTitle(title),
    tag: subject,
    lead: [words.say('facts-source.count', { count: history.length })],
    sections: [
      {
        heading: words.say('answer.sources'),
        rows: facts.map((fact) => sourceRow(view, fact, 'period')),
      },
      ...detailSections(view, facts),
    ],
    footer: [asOfLine(view)],
  };
};
