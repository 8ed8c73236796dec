import { knownMetrics, metricSourcesCard, sourcesCard } from '../src/cards/answers/facts-source-card.ts';
import { METRIC_IDS, type Metric } from '../src/facts/metric.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { nameInList } from '../src/i18n/names.ts';
import type { Answer, Command } from './command.ts';
import { askedBy, button, nothingKnown, subjectOf, viewOf, whichCompany } from './ledger-context.ts';
import { byName } from './names.ts';
import { type Nameable, nearest } from './nearest.ts';
import { problem, unknownName } from './problems.ts';

/** Every kind of figure by its id and by its name in each language. */
const metricNames = (catalogue: Catalogue): Nameable[] =>
  METRIC_IDS.map((metric) => ({
    id: metric,
    names: [
      metric,
      metric.replaceAll('_', ' '),
      ...catalogue.languages.map((language) => catalogue.in(language).say(`metric-name.${metric}`)),
    ],
  }));

/** Where the newest figures of a company come from, or the history of one kind of figure. */
export const factsSource: Command = {
  name: 'facts source',
  options: [
    { name: 'company', kind: 'company', required: true },
    { name: 'metric', kind: 'text', suggestions: METRIC_IDS },
  ],
  ownOnSlack: false,
  run: async (question, context): Promise<Answer> => {
    const view = viewOf(question, context);
    const { words } = view;
    const asked = askedBy(question, context);
    const company = subjectOf(question.options.company);
    if (company === undefined) return whichCompany(question, context, 'facts source');
    const known = knownMetrics(view, company);
    if (known.length === 0) return nothingKnown(question, context, view, company);
    const figures = button(words.say('answer.button.figures'), { name: 'facts list', options: { company } });
    const typed = question.options.metric;
    if (typed === undefined) return { kind: 'card', card: { ...sourcesCard(view, company), actions: [figures] } };

    const all = metricNames(context.catalogue);
    const metric = METRIC_IDS.find((id) => id === byName(all, typed));
    const shown = (id: string): string => `${id} (${words.say(`metric-name.${id}`)})`;
    if (metric === undefined) {
      const { found, likely } = nearest(
        typed,
        all.filter(({ id }) => known.includes(id as Metric)),
      );
      return unknownName(asked, 'metric', typed, { likely, names: found.map(({ id }) => shown(id)) });
    }
    if (!known.includes(metric)) {
      return problem(asked, 'facts-source.not-known', {
        metric: words.say(`metric-name.${metric}`),
        name: nameInList(words, company),
        metrics: known.join(', '),
      });
    }
    const sources = button(words.say('answer.button.sources'), { name: 'facts source', options: { company } });
    return { kind: 'card', card: { ...metricSourcesCard(view, company, metric), actions: [sources, figures] } };
  },
};
