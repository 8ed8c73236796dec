import { basisText } from '../../cards/answers/ledger-view.ts';
import type { ExportFormat } from '../../facts/export-text.ts';
import type { Fact, Subject } from '../../facts/fact.ts';
import { METRIC_IDS } from '../../facts/metric.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { type FigureChoice, type FigureSource, figureQuery, isChosen } from '../figure-choice.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { chipLinks, pager, selectField } from './controls.ts';
import { basisName, figureTable, metricName } from './figure-table.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { type Chrome, shell } from './shell.ts';

const ROWS_PER_PAGE = 40;

/** Newest period first, then what was told last. */
const byPeriod = (a: Fact, b: Fact): number =>
  b.period.end.localeCompare(a.period.end) ||
  (a.period.start ?? '').localeCompare(b.period.start ?? '') ||
  b.published.localeCompare(a.published);

/** What was told last first, the companies of a day together. */
const byPublication = (a: Fact, b: Fact): number =>
  b.published.localeCompare(a.published) || a.subject.localeCompare(b.subject) || byPeriod(a, b);

const count = (words: Translator, number: number): string => formatNumber(words.language, number, {});

const titleOf = (words: Translator, { company, metric }: FigureChoice): string => {
  const name = company === undefined ? words.say('board.figures.all') : nameInList(words, company);
  if (metric !== undefined)
    return words.say('board.figures.title-metric', { name, metric: metricName(words, { metric }) });
  return company === undefined ? words.say('board.nav.figures') : words.say('board.figures.title', { name });
};

const headline = (words: Translator, choice: FigureChoice, facts: readonly Fact[]): Html => {
  const firstHand = facts.filter(({ source }) => source.secondary !== true).length;
  const told = words.say('board.figures.count', { count: facts.length, number: count(words, facts.length) });
  const exported = (format: ExportFormat): Html =>
    html`<a class="button" href="/figures.${format}${figureQuery(choice)}" download>${format.toUpperCase()}</a> `;
  return html`<div><h1>${titleOf(words, choice)}</h1>
<p class="quiet">${told} · ${words.say('board.figures.first-hand', { number: count(words, firstHand) })} · ${words.say('board.figures.known', { date: formatFullDate(words, choice.day) })}</p></div>
<p class="exports"><span class="quiet small">${words.say('board.figures.export')}</span> ${exported('csv')}${exported('json')}</p>`;
};

const companyChips = (
  words: Translator,
  { subjects }: FigureSource,
  choice: FigureChoice,
  known: readonly Fact[],
): Html => {
  const has = (company: Subject): boolean => known.some(isChosen({ company }));
  const chip = (company: Subject | null, text: string) => {
    const { metric } = choice;
    const keepsMetric = company === null || metric === undefined || known.some(isChosen({ company, metric }));
    return {
      text,
      href: `/figures${figureQuery(choice, { company, basis: null, ...(keepsMetric ? {} : { metric: null }) })}`,
      isChosen: choice.company === (company ?? undefined),
    };
  };
  return chipLinks(words, words.say('answer.company'), [
    chip(null, words.say('board.figures.all')),
    ...subjects.filter(has).map((company) => chip(company, nameInList(words, company))),
  ]);
};

/** The table of contents: every series with the number of its figures. */
const seriesList = (words: Translator, choice: FigureChoice, known: readonly Fact[]): Html => {
  const { company } = choice;
  const facts = company === undefined ? known : known.filter(isChosen({ company }));
  const bySeries = Map.groupBy(facts, ({ metric }) => metric);
  return html`<h2>${words.say('board.figures.series')}</h2>
<ul class="series">${METRIC_IDS.flatMap((metric) => {
    const { length } = bySeries.get(metric) ?? [];
    if (length === 0) return [];
    const isShown = choice.metric === metric;
    return html`<li><a class="metric" href="/figures${figureQuery(choice, { metric: isShown ? null : metric, basis: null })}"${isShown && html` aria-current="true"`}>${metricName(words, { metric })}</a> <span class="quiet">${count(words, length)}</span></li>\n`;
  })}</ul>`;
};

/** What each basis on the page counts, where its name does not say all. */
const basisList = (words: Translator, facts: readonly Fact[]): Html => {
  const bases = [...new Set(facts.map(({ basis }) => basis))].filter(
    (basis) => basisName(words, basis) !== basisText(words, basis),
  );
  if (bases.length === 0) return html``;
  return html`<h2 class="second">${words.say('board.figures.counts')}</h2>
<dl class="bases">${bases.map((basis) => html`<dt>${basisName(words, basis)}</dt><dd class="quiet">${basisText(words, basis)}</dd>\n`)}</dl>`;
};

const figuresOf = (source: FigureSource, choice: FigureChoice) => {
  const known = source.ledger.known(choice.asOf);
  const chosen = known.filter(isChosen(choice));
  chosen.sort(choice.company !== undefined && choice.metric !== undefined ? byPeriod : byPublication);
  const pages = Math.max(1, Math.ceil(chosen.length / ROWS_PER_PAGE));
  const page = Math.min(choice.page, pages);
  return { known, chosen, page, pages, shown: chosen.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE) };
};

/** What changes when a figure is added. */
export const figuresParts = (words: Translator, source: FigureSource, choice: FigureChoice): Promise<LiveParts> => {
  const { known, chosen, page, pages, shown } = figuresOf(source, choice);
  const pageLink = (to: number): string | undefined =>
    to < 1 || to > pages ? undefined : `/figures${figureQuery(choice, { page: to })}`;
  return livePartsOf({
    headline: headline(words, choice, chosen),
    companies: companyChips(words, source, choice, known),
    table:
      shown.length === 0
        ? html`<p class="empty">${words.say('board.figures.none')}</p>`
        : html`${figureTable(words, source, choice, shown)}
${pages > 1 && pager(words, words.say('board.page-of', { page, pages }), { newer: pageLink(page - 1), older: pageLink(page + 1) })}`,
    series: seriesList(words, choice, known),
    bases: basisList(words, shown),
  });
};

/** The filters as a form, which works without script. */
const filterForm = (words: Translator, { ledger }: FigureSource, choice: FigureChoice): Html => {
  const { company, metric, year, basis, day, first, today } = choice;
  const facts = ledger.known(choice.asOf).filter((fact) => company === undefined || fact.subject === company);
  const ofMetric = facts.filter((fact) => metric === undefined || fact.metric === metric);
  const metrics = METRIC_IDS.filter((id) => facts.some((fact) => fact.metric === id));
  const years = [...new Set(ofMetric.map(({ period }) => period.end.slice(0, 4)))].sort().reverse();
  const bases = [...new Set(ofMetric.map((fact) => fact.basis))];
  const all = words.say('board.figures.any');
  return html`<form class="filters" method="get" action="/figures">
${company !== undefined && html`<input type="hidden" name="company" value="${company}">`}
${selectField(
  'metric',
  words.say('answer.figure'),
  all,
  metrics.map((id) => ({ value: id, text: metricName(words, { metric: id }) })),
  metric,
)}${selectField(
  'year',
  words.say('board.figures.year'),
  all,
  years.map((value) => ({ value, text: value })),
  year,
)}${selectField(
  'basis',
  words.say('board.figures.basis'),
  all,
  bases.map((value) => ({ value, text: basisName(words, value) })),
  basis,
)}<label>${words.say('board.figures.known-on')} <input type="date" name="as-of" value="${day}" min="${first}" max="${today}"></label>
<button>${words.say('board.bill.show')}</button></form>`;
};

/** The ledger as known on a day: what each company told, when, on which basis and where. */
export const figuresPage = (chrome: Chrome, source: FigureSource, parts: LiveParts, choice: FigureChoice): Html => {
  const { words } = chrome;
  return shell(
    chrome,
    titleOf(words, choice),
    html`${live(parts, 'headline', 'div', html` class="page-head"`)}
${live(parts, 'companies')}
<div class="panels ledger-panels">
<section class="panel" aria-label="${words.say('board.nav.figures')}">${filterForm(words, source, choice)}
${live(parts, 'table')}</section>
<section class="panel" aria-label="${words.say('board.figures.series')}">${live(parts, 'series')}
${live(parts, 'bases')}</section>
</div>
<p class="quiet small page-note">${words.say('board.figures.note')}</p>`,
  );
};
