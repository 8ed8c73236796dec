import type { Fact, Subject } from '../../facts/fact.ts';
import { METRIC_IDS } from '../../facts/metric.ts';
import { formatDate } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import type { Card } from '../card.ts';
import { formatFactAmount } from '../fact-amount.ts';
import { periodOf } from '../fact-row.ts';
import { asOfLine, dayOf, type LedgerView } from './ledger-view.ts';

/** Rows that a phone shows without losing the reader. */
const ROWS = 15;

/** The figures in force of a subject, the newest publication first. */
const figuresOf = ({ ledger, asOf }: LedgerView, subject: Subject): Fact[] =>
  METRIC_IDS.flatMap((metric) => ledger.figures(subject, metric, asOf)).sort(
    (a, b) => -(a.published.localeCompare(b.published) || a.period.end.localeCompare(b.period.end)),
  );

/** How many pages the list of a subject has; 0 where nothing was known. */
export const pagesOf = (view: LedgerView, subject: Subject): number =>
  Math.ceil(figuresOf(view, subject).length / ROWS);

/** One page, from 1, of all figures of a subject. */
export const factsListCard = (view: LedgerView, subject: Subject, page: number): Card => {
  const { words } = view;
  const figures = figuresOf(view, subject);
  const column = (key: string, align: 'left' | 'right' = 'left') => ({ title: words.say(`answer.${key}`), align });
  return {
    kind: 'facts-list',
    tone: 'calm',
    title: words.say('facts-list.title', { name: nameInList(words, subject), count: figures.length }),
    tag: subject,
    lead: [],
    sections: [
      {
        heading: words.say('facts-list.page', { page, pages: pagesOf(view, subject) }),
        hint: words.say('facts-list.hint'),
        rows: [],
        table: {
          columns: [column('figure'), column('period'), column('value', 'right'), column('published', 'right')],
          rows: figures
            .slice((page - 1) * ROWS, page * ROWS)
            .map((fact) => [
              words.say(`metric-name.${fact.metric}`),
              periodOf(words, fact),
              formatFactAmount(words, fact) ?? words.say('fact.not_disclosed'),
              formatDate(words, fact.published, dayOf(view)),
            ]),
        },
      },
    ],
    footer: [asOfLine(view)],
  };
};
