import { knownMetrics, metricSourcesCard, sourcesCard } from '../src/cards/answers/facts-source-card.ts';
import { callButton } from '../src/cards/call.ts';
import { METRIC_IDS, type Metric } from '../src/facts/metric.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Answer, Command } from './command.ts';
import { missingCompany, nothingKnown, subjectOf, viewOf } from './ledger-context.ts';
import { byName } from './names.ts';
import { type Nameable, nearest } from './nearest.ts';
import { problem, readerOf, unknownName } from './problems.ts';
import { textsAndAliases } from './typed-texts.ts';

/** All metrics with their ids, their names in each language, and their aliases. */
const metricNames = (catalogue: Catalogue): Nameable[] =>
  METRIC_IDS.map((metric) => ({
    id: metric,
    names: [metric, metric.replaceAll('_', ' '), ...textsAndAliases(catalogue, `metric-name.${metric}`)],
  }));

/** The sources of a company's newest figures, or the history of one metric. */
export const factsSource: Command = {
  name: 'facts source',
  options: [
    { name: 'company', kind: 'company', required: true },
    { name: 'metric', kind: 'text', suggestions: METRIC_IDS },
  ],
  standalone: false,
  run: async (question, context): Promise<Answer> => {
    const view = viewOf(question, context);
    const { words } = view;
    const reader = readerOf(question, context);
    const company = subjectOf(context, question.options.company);
    if (company === undefined) return missingCompany(question, context, 'facts source');
    const known = knownMetrics(view, company);
    if (known.length === 0) return nothingKnown(question, context, view, company);
    const figuresButton = callButton(words.say('answer.button.figures'), { name: 'facts list', options: { company } });
    const typed = question.options.metric;
    if (typed === undefined) return { kind: 'card', card: { ...sourcesCard(view, company), actions: [figuresButton] } };

    const names = metricNames(context.catalogue);
    const metric = METRIC_IDS.find((id) => id === byName(names, typed));
    const labelOf = (id: string): string => `${id} (${words.say(`metric-name.${id}`)})`;
    if (metric === undefined) {
      const { found, likely } = nearest(
        typed,
        names.filter(({ id }) => known.includes(id as Metric)),
      );
      return unknownName(reader, 'metric', typed, { likely, names: found.map(({ id }) => labelOf(id)) });
    }
    if (!known.includes(metric)) {
      return problem(reader, 'facts-source.not-known', {
        metric: words.say(`metric-name.${metric}`),
        name: nameInList(words, company),
        metrics: known.join(', '),
      });
    }
    const sourcesButton = callButton(words.say('answer.button.sources'), {
      name: 'facts source',
      options: { company },
    });
    return {
      kind: 'card',
      card: { ...metricSourcesCard(view, company, metric), actions: [sourcesButton, figuresButton] },
    };
  },
};
