import type { Fact, Subject } from '../../facts/fact.ts';
import { METRIC_IDS } from '../../facts/metric.ts';
import { formatDate } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Card } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf } from '../fact-row.ts';
import { column, dayOf, type LedgerView, ledgerCard, newestFirst } from './ledger-view.ts';

/** Few enough for a phone. */
const ROWS_PER_PAGE = 15;

/** The figures in force, with those that contradict them. */
const figuresOf = ({ ledger, asOf }: LedgerView, subject: Subject): Fact[] =>
  METRIC_IDS.flatMap((metric) => ledger.figures(subject, metric, asOf))
    .flatMap((fact) => [fact, ...ledger.disputes(fact, asOf)])
    .sort(newestFirst);

/** Number of pages; 0 if nothing was known. */
export const pagesOf = (view: LedgerView, subject: Subject): number =>
  Math.ceil(figuresOf(view, subject).length / ROWS_PER_PAGE);

/** One page, from 1, of a subject's figures in force, newest first. */
export const factsListCard = (view: LedgerView, subject: Subject, page: number): Card => {
  const { words } = view;
  const figures = figuresOf(view, subject);
  const shown = figures.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE);
  const amountOf = (fact: Fact): string => formatFactAmount(words, fact) ?? words.say('fact.not_disclosed');
  return ledgerCard(view, {
    kind: 'facts-list',
    title: words.say('facts-list.title', { name: nameInList(words, subject), count: figures.length }),
    tag: subject,
    sections: [
      {
        heading: words.say('facts-list.page', { page, pages: pagesOf(view, subject) }),
        hint: words.say('facts-list.hint'),
        rows: [],
        table: {
          columns: [
            column(words, 'answer.figure', 'left'),
            column(words, 'answer.period', 'left'),
            column(words, 'answer.value'),
            column(words, 'answer.published'),
          ],
          rows: shown.map((fact) => [
            words.say(`metric-name.${fact.metric}`),
            periodOf(words, fact),
            amountOf(fact),
            formatDate(words, fact.published, dayOf(view)),
          ]),
          listed: shown.map((fact) => ({
            label: words.say(`metric-name.${fact.metric}`),
            text: amountOf(fact),
            aside: `${periodOf(words, fact)} · ${formatDate(words, fact.published, dayOf(view))}`,
            link: fact.source.url,
          })),
        },
      },
    ],
  });
};
