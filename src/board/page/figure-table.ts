import { changeCell } from '../../cards/answers/ledger-view.ts';
import { formatFactAmount } from '../../cards/fact-amount.ts';
import { periodOf } from '../../cards/fact-row.ts';
import type { Basis } from '../../facts/basis.ts';
import type { Fact } from '../../facts/fact.ts';
import { showFact } from '../../facts/shown-fact.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import { nameInList, sayOr } from '../../i18n/names.ts';
import { type FigureChoice, type FigureSource, figureQuery } from '../figure-choice.ts';
import { sourceLink } from './card-parts.ts';
import { type Html, html, trusted } from './html.ts';

export const metricName = (words: Translator, { metric }: Pick<Fact, 'metric'>): string =>
  words.say(`metric-name.${metric}`);

/** A basis in a few words. */
export const basisName = (words: Translator, basis: Basis): string =>
  sayOr(words, `basis-brief.${basis}`, words.say(`basis.${basis}`));

/** The day, and in small type the minute, or the bound, if one is known. */
const publishedCell = (words: Translator, { published, time, knownBy }: Fact): Html => {
  const minute =
    time !== undefined
      ? words.say('board.figures.minute', { time })
      : knownBy !== undefined && words.say('board.figures.by', { time: knownBy });
  return html`<time datetime="${published}">${formatFullDate(words, published)}</time>${minute && html`<small>${minute}</small>`}`;
};

/** No line breaks within the name of a form: "8-K", "10-Q". */
const withWholeForms = (title: string): string => title.replaceAll(/(?<=\d-)(?=[KQF]\b)/g, '\u2060');

/** A bar as long as the figure is large beside the largest of its series. */
const bar = ({ value }: Fact, largest: number): Html | '' =>
  value === undefined || value < 0 || largest <= 0
    ? ''
    : html`<svg class="depth value-bar" width="70" height="4" aria-hidden="true"><rect class="lane" width="100%" height="4" rx="2"/><rect width="${((value / largest) * 100).toFixed(1)}%" height="4" rx="2" fill="currentColor"/></svg>`;

/** What a reader must know of a figure: what has replaced or contradicts it, who told it, and the note of its source. */
const remarks = (
  words: Translator,
  fact: Fact,
  { replacedBy, isDisputed, isNoteShown }: { replacedBy: Fact | undefined; isDisputed: boolean; isNoteShown: boolean },
): string[] => [
  ...(replacedBy ? [words.say('board.figures.replaced', { date: formatFullDate(words, replacedBy.published) })] : []),
  ...(fact.supersedes === undefined ? [] : [words.say('board.figures.replaces')]),
  ...(isDisputed ? [words.say('board.figures.disputed')] : []),
  ...(fact.source.secondary === true ? [words.say('fact.secondary_source')] : []),
  ...(isNoteShown && fact.note !== undefined ? [fact.note] : []),
];

/** Figures as rows, each with its source. A company or a metric that all rows share has no column. */
export const figureTable = (
  words: Translator,
  { ledger }: FigureSource,
  choice: FigureChoice,
  facts: readonly Fact[],
): Html => {
  const { company, metric, asOf } = choice;
  const known = ledger.known(asOf);
  const replacedBy = new Map(known.flatMap((fact) => (fact.supersedes ? [[fact.supersedes, fact]] : [])));
  const largest = metric === undefined ? 0 : Math.max(0, ...facts.map(({ value }) => value ?? 0));
  const say = (key: string): string => words.say(`board.figures.${key}`);
  const isOneSeries = company !== undefined && metric !== undefined;
  /** The company and the metric, as far as the rows do not share them. */
  const nameOf = (fact: Fact): Html => {
    const ofCompany =
      company === undefined &&
      html`<a href="/figures${figureQuery(choice, { company: fact.subject })}">${nameInList(words, fact.subject)}</a>`;
    const series = figureQuery(choice, { company: fact.subject, metric: fact.metric });
    const ofMetric =
      metric === undefined && html`<a class="metric" href="/figures${series}">${metricName(words, fact)}</a>`;
    return ofCompany && ofMetric ? html`${ofCompany}<small>${ofMetric}</small>` : html`${ofCompany}${ofMetric}`;
  };
  const ofPeriod = (fact: Fact): Html =>
    html`${periodOf(words, fact)}<small class="basis">${basisName(words, fact.basis)}</small>`;
  const row = (fact: Fact): Html => {
    const newer = replacedBy.get(fact.id);
    const { yoyPercent, disputedBy } = showFact(ledger, fact, asOf);
    const amount = formatFactAmount(words, fact) ?? words.say('fact.not_disclosed');
    const said = remarks(words, fact, {
      replacedBy: newer,
      isDisputed: disputedBy !== undefined,
      isNoteShown: metric !== undefined,
    });
    const cell = (label: string, content: Html, left = ' class="left"'): Html =>
      html`<td${trusted(left)} data-label="${label}"><div>${content}</div></td>\n`;
    const period = words.say('answer.period');
    return html`<tr${newer && html` class="replaced"`}>
<th scope="row">${isOneSeries ? ofPeriod(fact) : nameOf(fact)}</th>
${!isOneSeries && cell(period, ofPeriod(fact))}${cell(words.say('answer.value'), html`${newer ? html`<s>${amount}</s>` : html`<b>${amount}</b>`}${bar(fact, largest)}`, '')}${cell(words.say('board.bill.on-year-head'), html`${changeCell(words, newer ? undefined : yoyPercent)}`, '')}${cell(words.say('answer.published'), publishedCell(words, fact))}${cell(say('source'), html`${sourceLink(fact.source.url, html`${withWholeForms(fact.source.title)}\u00a0<span aria-hidden="true">↗</span>`)}${said.map((text) => html`<small>${text}</small>`)}`, ' class="left title"')}</tr>
`;
  };
  const first = words.say(isOneSeries ? 'answer.period' : company === undefined ? 'answer.company' : 'answer.figure');
  const head = (text: string): Html => html`<th scope="col" class="left">${text}</th>`;
  return html`<table class="figures rows-on-phone list-table ledger">
<thead><tr>${head(first)}${!isOneSeries && head(words.say('answer.period'))}<th scope="col">${words.say('answer.value')}</th><th scope="col">${words.say('board.bill.on-year-head')}</th>${head(words.say('answer.published'))}${head(say('source'))}</tr></thead>
<tbody>
${facts.map(row)}</tbody></table>`;
};
