import { changeCell, shareCell } from '../../cards/answers/ledger-view.ts';
import { periodOf } from '../../cards/fact-row.ts';
import { gluedNumbers } from '../../cards/glue.ts';
import { besideSections } from '../../cards/related-figures-sections.ts';
import type { Fact, Subject } from '../../facts/fact.ts';
import { reportedFigures } from '../../facts/figures.ts';
import { type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import { type AsOf, asOfInstant } from '../../facts/known-from.ts';
import { shiftQuarter } from '../../facts/period.ts';
import { quarterOf } from '../../facts/ratios.ts';
import { relatedFigures } from '../../facts/related-figures.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatPeriod } from '../../i18n/dates.ts';
import { joinNames, nameInList } from '../../i18n/names.ts';
import { formatChange, formatPercent } from '../../i18n/percent.ts';
import type { Day } from '../../util/day.ts';
import { type BillSource, billColumns, type ResultDay, resultDays } from '../bill-columns.ts';
import { type DayChoice, dayChoice } from '../day-choice.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { billPlot } from './bill-plot.ts';
import { sourceLink } from './card-parts.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { type Chrome, shell } from './shell.ts';

/** What a reader has asked to see. */
export interface BillChoice extends DayChoice {
  /** Whether what was published after the day is outlined. */
  readonly isLaterShown: boolean;
}

/** The choice of a query. */
export const billChoice = (source: BillSource, asked: string | undefined, later: string | undefined): BillChoice => ({
  ...dayChoice(asked, resultDays(source)[0]?.day, source.now),
  isLaterShown: later === 'yes',
});

const billPath = ({ isLaterShown }: BillChoice, day: Day): string =>
  `/bill?as-of=${day}${isLaterShown ? '&later=yes' : ''}`;

const titleOf = (words: Translator, sum: HyperscalerSum | undefined): string => {
  if (!sum) return words.say('board.bill.none');
  if (sum.ofOperatingCashFlow === undefined)
    return words.say('board.bill.title-amount', { amount: formatUsdMillions(words, sum.capex) });
  return words.say('board.bill.title', { percent: formatPercent(words, sum.ofOperatingCashFlow, 0) });
};

const periodName = (words: Translator, { quarter }: Pick<HyperscalerSum, 'quarter'>): string =>
  formatPeriod(words, quarter.start, quarter.end);

const headline = (words: Translator, sum: HyperscalerSum | undefined): Html =>
  html`<h1>${titleOf(words, sum)}</h1>${sum && html`<p class="quiet">${words.say('board.bill.newest', { period: periodName(words, sum) })}</p>`}`;

/** Links to the days of results before and after the day shown, and to today. */
const steps = (words: Translator, days: readonly ResultDay[], choice: BillChoice): Html => {
  const step = (to: ResultDay | undefined, sign: (text: string) => string): Html | '' => {
    if (!to) return '';
    const names = joinNames(
      words,
      to.subjects.map((subject) => nameInList(words, subject)),
    );
    return html`<a class="button" href="${billPath(choice, to.day)}">${sign(`${formatDate(words, to.day, choice.day)} ${names}`)}</a> `;
  };
  return html`${step(
    days.findLast(({ day }) => day < choice.day),
    (text) => `‹ ${text}`,
  )}${step(
    days.find(({ day }) => day > choice.day),
    (text) => `${text} ›`,
  )}${choice.day < choice.today && html`<a class="button" href="${billPath(choice, choice.today)}">${words.say('board.bill.today')}</a>`}`;
};

const bigFigure = (value: string, text: Html | string): Html => html`<div><dd>${value}</dd><dt>${text}</dt></div>`;

const known = (
  words: Translator,
  { ledger, companies }: BillSource,
  { day, asOf }: BillChoice,
  sum: HyperscalerSum | undefined,
): Html => {
  const heading = html`<h2>${words.say('board.bill.known', { date: formatFullDate(words, day) })}</h2>`;
  if (!sum) return html`${heading}<p class="quiet">${words.say('board.bill.none')}</p>`;
  const before = hyperscalerSum(ledger, companies, shiftQuarter(sum.quarter, -4), asOf)?.ofOperatingCashFlow;
  const { newer } = sum.age ?? {};
  return html`${heading}<dl class="figures-told">${bigFigure(
    formatUsdMillions(words, sum.capex),
    words.say('board.bill.capex', { period: periodName(words, sum), reported: sum.reported, of: sum.of }),
  )}${sum.yoyPercent !== undefined && bigFigure(formatChange(words, sum.yoyPercent, 0), words.say('board.bill.on-year'))}${
    sum.ofOperatingCashFlow !== undefined &&
    bigFigure(
      formatPercent(words, sum.ofOperatingCashFlow, 0),
      before === undefined
        ? words.say('board.bill.of-cash-flow')
        : words.say('board.bill.of-cash-flow-before', { before: formatPercent(words, before, 0) }),
    )
  }${
    newer &&
    bigFigure(
      words.say('board.bill.newer', { reported: newer.reported, of: newer.of }),
      words.say('board.bill.newer-what', {
        period: periodName(words, newer),
        amount: formatUsdMillions(words, newer.capex),
      }),
    )
  }</dl>`;
};

const sourceOf = (words: Translator, { published, source }: Fact): Html =>
  html`<span class="source">${sourceLink(source.url, html`${formatFullDate(words, published)} <span aria-hidden="true">↗</span>`)}</span>`;

const companyRow = (words: Translator, { ledger }: BillSource, asOf: AsOf, subject: Subject, at: number): Html => {
  const newest = quarterOf(ledger, subject, 'capex_cash', asOf);
  const figures = newest && reportedFigures(ledger, subject, newest.period.end, asOf);
  const name = html`<i class="swatch company-${at}"></i>${nameInList(words, subject)}`;
  if (!figures)
    return html`<tr><th scope="row">${name}</th><td colspan="5" class="quiet">${words.say('fact.not_disclosed')}</td></tr>\n`;
  const { capex, ofOperatingCashFlow: share } = figures;
  const cloud = quarterOf(ledger, subject, 'cloud_revenue', asOf, capex.fact.period.end);
  return html`<tr>
<th scope="row">${name}<small>${periodOf(words, capex.fact)}</small></th>
<td data-label="${words.say('answer.capex')}"><b>${formatUsdMillions(words, capex.fact.value ?? 0)}</b></td>
<td data-label="${words.say('board.bill.on-year-head')}">${changeCell(words, capex.yoyPercent)}</td>
<td data-label="${words.say('board.bill.share-head')}">${shareCell(words, share)}${share !== undefined && html`<svg class="depth share-bar" width="70" height="4" aria-hidden="true"><rect class="lane" width="100%" height="4" rx="2"/><rect width="${Math.min(100, share).toFixed(1)}%" height="4" rx="2" fill="currentColor"/></svg>`}</td>
<td data-label="${words.say('board.bill.cloud')}">${cloud?.value === undefined ? html`<span class="quiet">${words.say('board.bill.none-told')}</span>` : formatUsdMillions(words, cloud.value)}</td>
<td data-label="${words.say('board.bill.published')}">${sourceOf(words, capex.fact)}</td>
</tr>
`;
};

const companyTable = (
  words: Translator,
  source: BillSource,
  { day, asOf }: BillChoice,
): Html => html`<h2>${words.say('board.bill.by-company', { date: formatFullDate(words, day) })}</h2>
<table class="figures by-company rows-on-phone">
<thead><tr><th scope="col">${words.say('answer.company')}</th><th scope="col">${words.say('answer.capex')}</th><th scope="col">${words.say('board.bill.on-year-head')}</th><th scope="col">${words.say('board.bill.share-head')}</th><th scope="col">${words.say('board.bill.cloud')}</th><th scope="col">${words.say('board.bill.published')}</th></tr></thead>
<tbody>
${source.companies.four.map((subject, at) => companyRow(words, source, asOf, subject, at))}</tbody></table>
<p class="quiet small">${words.say('board.bill.basis')}</p>`;

/** What AI brings in, of companies that tell. `symbol`: an index, beside which the return of all stands. */
const returnTold = (words: Translator, { ledger, companies }: BillSource, { day, asOf }: BillChoice): Html => {
  const back = relatedFigures(ledger, companies, 'IXIC', asOfInstant(asOf));
  const [section] = besideSections(words, { bill: [], return: back.return }, 'IXIC', day);
  return html`<h2>${words.say('board.bill.return')}</h2>
${section === undefined ? html`<p class="quiet">${words.say('board.symbol.no-facts')}</p>` : html`<ul class="facts">${section.rows.map(({ label, text, aside, link }) => html`<li><b>${label}</b> <span>${text}${aside !== undefined && html` <span class="small source">${sourceLink(link, html`${gluedNumbers(aside)} <span aria-hidden="true">↗</span>`)}</span>`}</span></li>\n`)}</ul>`}`;
};

/** What depends on the day, and changes when somebody reports. */
export const billParts = (words: Translator, source: BillSource, choice: BillChoice): Promise<LiveParts> => {
  const { ledger, companies } = source;
  const sum = newestHyperscalerSum(ledger, companies, choice.asOf);
  return livePartsOf({
    headline: headline(words, sum),
    day: html`${formatFullDate(words, choice.day)}`,
    steps: steps(words, resultDays(source), choice),
    columns: billPlot(words, billColumns(source, choice.asOf), companies.four, choice.isLaterShown),
    companies: companyTable(words, source, choice),
    known: known(words, source, choice, sum),
    return: returnTold(words, source, choice),
  });
};

/** The form works by itself; `refresh.js` shows the slider, which sets the same day. */
const dayForm = (
  words: Translator,
  parts: LiveParts,
  { day, first, today, isLaterShown }: BillChoice,
): Html => html`<section class="panel as-of" aria-labelledby="as-of-title">
<h2 id="as-of-title"><span>${words.say('board.bill.as-of')} ${live(parts, 'day', 'span', html` class="chosen-day"`)}</span></h2>
<form method="get" action="/bill"><label>${words.say('board.bill.date')} <input type="date" name="as-of" value="${day}" min="${first}" max="${today}" required></label>
<label class="check"><input type="checkbox" name="later" value="yes"${isLaterShown && html` checked`}> ${words.say('board.bill.show-later')}</label>
<button>${words.say('board.bill.show')}</button></form>
<input id="day-slider" type="range" aria-label="${words.say('board.bill.as-of')}" min="0" max="0" data-first="${first}" data-last="${today}" hidden>
${live(parts, 'steps', 'div', html` class="steps"`)}
</section>`;

/** What the four spend, as known on a day. */
export const billPage = (chrome: Chrome, parts: LiveParts, choice: BillChoice): Html => {
  const { words } = chrome;
  return shell(
    chrome,
    words.say('board.nav.bill'),
    html`${live(parts, 'headline', 'div', html` class="page-head"`)}
${dayForm(words, parts, choice)}
<div class="panels">
<section class="panel" aria-labelledby="columns-title"><h2 id="columns-title">${words.say('board.bill.columns')}</h2>${live(parts, 'columns')}</section>
<section class="panel">${live(parts, 'known')}</section>
<section class="panel">${live(parts, 'companies')}</section>
<section class="panel">${live(parts, 'return')}</section>
</div>`,
  );
};
