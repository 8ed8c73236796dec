import { gluedNumbers } from '../../cards/glue.ts';
import { besideSections } from '../../cards/related-figures-sections.ts';
import { formatUsdBillionsInWords } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import { symbolInList } from '../../i18n/names.ts';
import { changePercent, formatChange, formatLevel } from '../../i18n/percent.ts';
import { alertKey } from '../../slides/alert-kinds.ts';
import type { Alert } from '../../stories/alert.ts';
import { toneBelow } from '../../stories/tone.ts';
import type { QuoteLine, SymbolView } from '../board-view.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { sourceLink } from './card-parts.ts';
import { CHART_RANGES, type ChartRange } from './chart-range.ts';
import { fallsHtml } from './falls-html.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { type Chrome, shell } from './shell.ts';
import { alertMark, alertTone, figure, symbolChart } from './symbol-chart.ts';
import { instantHtml } from './time-html.ts';

/** The address of a symbol's page. */
export const symbolPath = (symbol: string): string => `/symbol/${encodeURIComponent(symbol)}`;

/** Alerts listed; earlier ones are in the chart alone. */
const ALERTS_LISTED = 12;

/** Price, what it is below its peak, and the day. */
const headline = (words: Translator, quote: QuoteLine): Html => {
  const { price, previous, peak, sessionsSincePeak, at, problem } = quote;
  if (price === undefined) return html`<p class="why">${problem ?? words.say('board.prices.unknown')}</p>`;
  const change = (base: number): string => formatChange(words, changePercent(price, base));
  const tone = (base: number): string => toneBelow(price, [base]);
  return html`<p class="headline"><b>${figure(words, quote, price)}</b>${
    peak !== undefined &&
    peak > price &&
    html` <b class="tone-${tone(peak)}"><span aria-hidden="true">▼</span> ${change(peak)}</b> <span class="quiet">${words.say('board.symbol.below', { peak: figure(words, quote, peak), count: sessionsSincePeak ?? 0 })}</span>`
  }${previous !== undefined && html` <span>${words.say('board.prices.day')} <b class="tone-${tone(previous)}">${change(previous)}</b></span>`}${at !== undefined && html` <span class="quiet small">${instantHtml(words, at)}</span>`}</p>
${problem && html`<p class="why"><span aria-hidden="true">⚠</span> ${problem}</p>`}`;
};

/** "20% below the 252-session peak". */
const whatText = (words: Translator, alert: Alert): string => {
  switch (alert.kind) {
    case 'drawdown':
      return words.say('channel.past.drawdown', { level: formatLevel(words, alert.level), count: alert.window });
    case 'day':
      return words.say('channel.past.day', { level: formatLevel(words, alert.level) });
    case 'within':
      return words.say('channel.past.within', { level: formatLevel(words, alert.level), count: alert.minutes });
    case 'value':
      return words.say('channel.past.value', { amount: formatUsdBillionsInWords(words, alert.level) });
    case 'rise':
    case 'day-rise':
      return words.say(`channel.past.${alert.kind}`, { level: formatLevel(words, alert.level) });
    case 'price':
      return words.say('kind.price');
  }
};

/** A link to a card, or the text alone. */
const linked = (card: number | undefined, text: string): Html =>
  card === undefined ? html`${text}` : html`<a href="/card/${card}">${text}</a>`;

const alertList = (
  words: Translator,
  { alerts, quote, cards }: SymbolView,
): Html => html`<h2>${words.say('board.symbol.alerts')} <span class="quiet small">${alerts.length}</span></h2>
${
  alerts.length === 0
    ? html`<p class="quiet">${words.say('board.symbol.no-alerts')}</p>`
    : html`<ul class="alerts">${alerts
        .slice(0, ALERTS_LISTED)
        .map(
          (alert) =>
            html`<li><b>${formatFullDate(words, alert.session)}</b> <span><span class="tone-${alertTone(alert)}" aria-hidden="true">${alertMark(alert)}</span> ${linked(cards?.get(alertKey(alert)), whatText(words, alert))}</span> <span class="right">${figure(words, quote, alert.price)}</span></li>\n`,
        )}</ul>`
}`;

const besideHtml = (words: Translator, { beside, quote, today }: SymbolView): Html => {
  const sections = besideSections(words, beside, quote.symbol, today);
  return html`<h2>${words.say('board.symbol.beside', { date: formatFullDate(words, today) })}</h2>
${sections.length === 0 && html`<p class="quiet">${words.say('board.symbol.no-facts')}</p>`}${sections.map(
  ({
    heading,
    hint,
    rows,
  }) => html`<h3>${heading}${hint !== undefined && html` <span class="quiet">${hint}</span>`}</h3>
<ul class="facts">${rows.map(
    ({ label, text, aside, link }) =>
      html`<li><b>${label}</b> <span>${text}${aside !== undefined && html` <span class="small source">${sourceLink(link, html`${gluedNumbers(aside)}${link !== undefined && html` <span aria-hidden="true">↗</span>`}`)}</span>`}</span></li>\n`,
  )}</ul>`,
)}
<p class="quiet small">${words.say('board.symbol.beside-note')}</p>`;
};

/** What changes on the page of a symbol while it is open. */
export const symbolParts = (words: Translator, reading: SymbolView, range: ChartRange): Promise<LiveParts> =>
  livePartsOf({
    headline: headline(words, reading.quote),
    chart: symbolChart(words, reading, range),
    falls: fallsHtml(words, reading.closes),
    alerts: alertList(words, reading),
    beside: besideHtml(words, reading),
  });

const rangeLinks = (words: Translator, symbol: string, chosen: ChartRange): Html =>
  html`<nav class="ranges" aria-label="${words.say('board.symbol.range')}">${CHART_RANGES.map(
    ({ id }) =>
      html`<a href="${symbolPath(symbol)}?range=${id}"${id === chosen.id && html` aria-current="true"`}>${words.say(`board.symbol.ranges.${id}`)}</a>`,
  )}</nav>`;

/** Price and depth of one symbol, its alerts, its past falls, and the facts that stand beside it. */
export const symbolPage = (chrome: Chrome, quote: QuoteLine, parts: LiveParts, range: ChartRange): Html => {
  const { words } = chrome;
  const name = symbolInList(words, quote);
  return shell(
    chrome,
    name,
    html`<div class="page-head"><div><h1>${name} <span class="quiet">${quote.symbol}</span></h1>
${live(parts, 'headline')}</div>
${rangeLinks(words, quote.symbol, range)}</div>
<div class="panels">
<section class="panel" aria-labelledby="chart-title"><h2 id="chart-title">${words.say(range.window === Number.POSITIVE_INFINITY ? 'board.symbol.measured-all' : 'board.symbol.measured-year')}</h2>
${live(parts, 'chart')}</section>
<section class="panel aside-panel">${live(parts, 'beside')}</section>
<section class="panel">${live(parts, 'falls')}</section>
<section class="panel aside-panel">${live(parts, 'alerts')}</section>
</div>`,
  );
};
