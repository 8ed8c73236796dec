import type { Subject } from '../../facts/fact.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { nameInList } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { formatPercent } from '../../i18n/percent.ts';
import type { BillColumn } from '../bill-columns.ts';
import { type Html, html } from './html.ts';
import { drawing, PLOT, pathThrough, placeClass } from './plot.ts';

/** Share of the height that the tallest column takes; 100% of the cash flow is above it. */
const TALLEST = 0.88;
const ALL_OF_IT = 0.05;
/** Share of its place that a column takes. */
const FULLNESS = 0.74;

const billions = (words: Translator, millions: number): string =>
  formatNumber(words.language, millions / 1_000, { maximumFractionDigits: 0 });

/** A swatch and a name for each company. */
const key = (words: Translator, four: readonly Subject[], isLaterShown: boolean): Html =>
  html`<p class="key">${four.map(
    (subject, at) => html`<span><i class="swatch company-${at}"></i>${nameInList(words, subject)}</span> `,
  )}<span><i class="swatch share-swatch"></i>${words.say('board.bill.share')}</span>${isLaterShown && html` <span><i class="swatch later-swatch"></i>${words.say('board.bill.later')}</span>`}</p>`;

/** The columns in words, for screen readers. */
const aloud = (words: Translator, quarters: readonly BillColumn[]): Html =>
  html`<ul class="aloud">${quarters.flatMap(({ quarter, sum }) =>
    sum
      ? html`<li>${words.say('board.bill.column', {
          period: formatPeriod(words, quarter.start, quarter.end),
          amount: formatUsdMillions(words, sum.capex),
          reported: sum.reported,
          of: sum.of,
        })}${sum.reported === sum.of && sum.ofOperatingCashFlow !== undefined && ` ${words.say('four-bill.of-cash-flow', { percent: formatPercent(words, sum.ofOperatingCashFlow, 0) })}`}</li>`
      : [],
  )}</ul>`;

/** Stacked quarters as known then, the share of the cash flow as a line, and what came later as outlines. */
export const billPlot = (
  words: Translator,
  quarters: readonly BillColumn[],
  four: readonly Subject[],
  isLaterShown: boolean,
): Html => {
  const tallest = Math.max(1, ...quarters.map(({ sum, later }) => Math.max(sum?.capex ?? 0, later ?? 0)));
  const heightOf = (millions: number): number => (millions / tallest) * TALLEST * PLOT.height;
  const slot = PLOT.width / quarters.length;
  const shareY = (percent: number): number => PLOT.height * (1 - (percent / 100) * (1 - ALL_OF_IT));
  const columns = quarters.map(({ parts, later }, at) => {
    const x = (slot * (at + (1 - FULLNESS) / 2)).toFixed(1);
    const width = (slot * FULLNESS).toFixed(1);
    let top = PLOT.height;
    const stacked = parts.map(({ subject, capex }) => {
      top -= heightOf(capex);
      return html`<rect class="company-${four.indexOf(subject)}" x="${x}" y="${top.toFixed(1)}" width="${width}" height="${heightOf(capex).toFixed(1)}"/>`;
    });
    const outline =
      isLaterShown && later !== undefined
        ? html`<rect class="later" x="${x}" y="${(PLOT.height - heightOf(later)).toFixed(1)}" width="${width}" height="${heightOf(later).toFixed(1)}"/>`
        : '';
    return html`${outline}${stacked}`;
  });
  const shares = quarters.flatMap(({ sum }, at) =>
    sum && sum.reported === sum.of && sum.ofOperatingCashFlow !== undefined
      ? [{ x: slot * (at + 0.5), y: shareY(Math.min(sum.ofOperatingCashFlow, 104)), percent: sum.ofOperatingCashFlow }]
      : [],
  );
  const last = shares.at(-1);
  const labels = quarters.map(({ sum, later }, at) => {
    const shown = isLaterShown ? (later ?? sum?.capex) : sum?.capex;
    if (shown === undefined) return '';
    const isLater = isLaterShown && later !== undefined;
    return html`<span class="column ${placeClass((at + 0.5) / quarters.length)}"><span class="${placeClass(1 - heightOf(Math.max(shown, sum?.capex ?? 0)) / PLOT.height)}${isLater ? ' quiet' : ''}">${billions(words, shown)}</span></span>`;
  });
  const years = quarters.map(({ quarter }, at) =>
    quarter.start.endsWith('01-01') || at === 0
      ? html`<span class="${placeClass((at + 0.5) / quarters.length)}">${quarter.start.slice(0, 4)}</span>`
      : '',
  );
  const mark = (percent: number): Html =>
    html`<span class="tick ${placeClass(shareY(percent) / PLOT.height)}">${formatPercent(words, percent, 0)}</span>`;
  return html`${key(words, four, isLaterShown)}${aloud(words, quarters)}
<div class="plot bill-plot" aria-hidden="true"><div class="pane">${drawing(html`<path class="grid whole" d="M0 ${shareY(100).toFixed(1)}H${PLOT.width}"/><path class="grid" d="M0 ${shareY(50).toFixed(1)}H${PLOT.width}"/><path class="grid" d="M0 ${PLOT.height}H${PLOT.width}"/>
${columns}<path class="share-line" d="${pathThrough(shares.map(({ x, y }) => [x, y]))}"/>`)}
<div class="labels">${labels}</div>
<div class="gutter">${[100, 50, 0].filter((percent) => !last || Math.abs(shareY(percent) - last.y) > 16).map(mark)}${last && html`<b class="${placeClass(last.y / PLOT.height)}">${formatPercent(words, last.percent, 0)}</b>`}</div></div>
<div class="times">${years}</div></div>`;
};
