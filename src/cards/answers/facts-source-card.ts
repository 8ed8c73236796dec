import type { Fact, Subject } from '../../facts/fact.ts';
import { METRIC_IDS, type Metric } from '../../facts/metric.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Card, Row, Section } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf, sourceOf } from '../fact-row.ts';
import { basisText, dayOf, type LedgerView, latestOf, ledgerCard, newestFirst } from './ledger-view.ts';

/** Three years of quarters. */
const MAX_FIGURES = 12;

/** The metrics that are known of a subject. */
export const knownMetrics = (view: LedgerView, subject: Subject): Metric[] =>
  latestOf(view, subject, METRIC_IDS).map(({ metric }) => metric);

/** "$13.9B, Apr–Jun 2024. Microsoft 10-K", without the period if it is the label. */
const sourceRow = (view: LedgerView, fact: Fact, label: 'metric' | 'period'): Row => {
  const { words } = view;
  const amount = formatFactAmount(words, fact) ?? words.say('fact.not_disclosed');
  const period = periodOf(words, fact);
  const source = fact.source.title;
  return {
    ...(label === 'metric'
      ? {
          label: words.say(`metric-name.${fact.metric}`),
          text: words.say('facts-source.text', { amount, period, source }),
        }
      : { label: period, text: words.say('facts-source.text-of-period', { amount, source }) }),
    ...sourceOf(words, fact, dayOf(view), true),
  };
};

/** What each basis counts, and notes from the sources. */
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

/** The source of the newest figure of each metric. */
export const sourcesCard = (view: LedgerView, subject: Subject): Card => {
  const { words } = view;
  const rows = latestOf(view, subject, METRIC_IDS).map((fact) => sourceRow(view, fact, 'metric'));
  return ledgerCard(view, {
    kind: 'facts-source',
    title: words.say('facts-source.title', { name: nameInList(words, subject) }),
    tag: subject,
    lead: [words.say('facts-source.newest')],
    sections: [{ heading: words.say('answer.sources'), rows }],
  });
};

/** The history of one metric with superseded figures: sources, bases, notes. */
export const metricSourcesCard = (view: LedgerView, subject: Subject, metric: Metric): Card => {
  const { words, ledger, asOf } = view;
  const history = ledger.history(subject, metric, asOf);
  const facts = history.toSorted(newestFirst).slice(0, MAX_FIGURES);
  const title = words.say('facts-source.title-metric', {
    name: nameInList(words, subject),
    metric: words.say(`metric-name.${metric}`),
  });
  return ledgerCard(view, {
    kind: 'facts-source',
    title,
    tag: subject,
    lead: [words.say('facts-source.count', { count: history.length })],
    sections: [
      { heading: words.say('answer.sources'), rows: facts.map((fact) => sourceRow(view, fact, 'period')) },
      ...detailSections(view, facts),
    ],
  });
};
