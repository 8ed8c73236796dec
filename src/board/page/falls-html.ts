import type { Translator } from '../../i18n/catalogue.ts';
import { formatFullDate } from '../../i18n/dates.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { changePercent, depthBelow, formatChange, formatPercent } from '../../i18n/percent.ts';
import type { SessionDate } from '../../market/calendar.ts';
import { isDown } from '../../market/compare.ts';
import type { Micros } from '../../market/money.ts';
import { baseRates } from '../../slides/base-rates.ts';
import { median } from '../../slides/median.ts';
import { type Fall, fallsOf } from '../../slides/past-falls.ts';
import type { Closes } from '../../slides/series.ts';
import { toneBelow } from '../../stories/tone.ts';
import { type Html, html } from './html.ts';

/** The depth from which a fall is listed, in basis points. */
const LISTED = 2_000;
/** With fewer, a median says nothing. */
const FEW = 3;

const count = (words: Translator, sessions: number): string =>
  formatNumber(words.language, sessions, { maximumFractionDigits: 1 });

const bigFigure = (term: string, value: string): Html => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;

const ended = (falls: readonly Fall[]): Required<Fall>[] =>
  falls.filter((fall): fall is Required<Fall> => fall.recovered !== undefined);

const figures = (words: Translator, falls: readonly Fall[]): Html => {
  const past = ended(falls);
  const depths = past.map(({ peak, trough }) => changePercent(trough.price, peak.price));
  return html`<dl class="big">${bigFigure(words.say('board.symbol.falls-before'), count(words, past.length))}${
    past.length >= FEW &&
    html`${bigFigure(words.say('board.symbol.median-depth'), formatChange(words, median(depths)))}${bigFigure(
      words.say('board.symbol.median-sessions'),
      count(words, median(past.map(({ peak, recovered }) => recovered.at - peak.at))),
    )}`
  }</dl>`;
};

/** A day that breaks beside its year alone. */
const dayText = (words: Translator, day: SessionDate): string =>
  formatFullDate(words, day).replaceAll(/(?<!\d{4}\S?) (?!\d{4})/g, '\u00a0');

const row = (words: Translator, { peak, trough, recovered }: Fall, now: number): Html => {
  const isOpen = recovered === undefined;
  const unknown = html`<span class="quiet">${words.say('board.prices.unknown')}</span>`;
  return html`<tr${isOpen && html` class="open"`}>
<th scope="row">${dayText(words, peak.session)}</th>
<td class="left">${isOpen ? unknown : dayText(words, trough.session)}</td>
<td><span class="tone-${toneBelow(trough.price, [peak.price])}">${formatChange(words, changePercent(trough.price, peak.price))}</span></td>
<td>${isOpen ? words.say('board.symbol.so-far', { count: now - peak.at }) : count(words, trough.at - peak.at)}</td>
<td>${isOpen ? words.say('drawdown.not_yet') : count(words, recovered.at - peak.at)}</td>
</tr>
`;
};

/** How often a fall came this deep, and what followed. Undefined at the peak. */
const rates = (words: Translator, closes: Closes, from: string): string | undefined => {
  const price = closes.closes.at(-1) as Micros;
  const peak = closes.closes.reduce((a, b) => (b > a ? b : a));
  const found = baseRates(closes, price, peak);
  if (!found) return undefined;
  const known = { from, depth: depthBelow(words, price, peak) };
  if (found.cases === 0) return words.say('drawdown.never', known);
  const times = words.say('drawdown.times', { ...known, count: found.cases });
  if (!found.after) return `${times} ${words.say('drawdown.too_scarce')}`;
  const { furtherPercent, sessionsToNewHigh } = found.after;
  const further = formatPercent(words, Math.abs(furtherPercent));
  const sessions = count(words, sessionsToNewHigh);
  return `${times} ${words.say('drawdown.after', { further, sessions, count: sessionsToNewHigh })}`;
};

/** The falls of 20% and more from an all-time peak, the one under way first, and what followed earlier ones. */
export const fallsHtml = (words: Translator, closes: Closes): Html => {
  const start = closes.sessions[0];
  if (start === undefined) return html``;
  const from = formatFullDate(words, start);
  const falls = fallsOf(closes)
    .filter(({ peak, trough }) => isDown(trough.price, peak.price, LISTED))
    .reverse();
  const said = rates(words, closes, from);
  return html`<h2>${words.say('board.symbol.falls', { from })} <span class="quiet small">${words.say('board.symbol.from-highest')}</span></h2>
${figures(words, falls)}${
  falls.length > 0 &&
  html`<div class="scroll" tabindex="0" role="region" aria-label="${words.say('board.symbol.falls', { from })}"><table class="figures">
<thead><tr><th scope="col">${words.say('drawdown.column.peak')}</th><th scope="col" class="left">${words.say('drawdown.column.trough')}</th><th scope="col">${words.say('drawdown.column.depth')}</th><th scope="col">${words.say('board.symbol.down')}</th><th scope="col">${words.say('board.symbol.back')}</th></tr></thead>
<tbody>
${falls.map((fall) => row(words, fall, closes.closes.length - 1))}</tbody></table></div>`
}
${said !== undefined && html`<p>${said}</p>`}
<p class="quiet small">${words.say('board.symbol.past')}</p>`;
};
