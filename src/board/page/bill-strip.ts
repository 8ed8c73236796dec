import { type HyperscalerSum, newestHyperscalerSum } from '../../facts/hyperscaler-sum.ts';
import type { Ledger } from '../../facts/ledger.ts';
import { formatUsdMillions } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatPeriod } from '../../i18n/dates.ts';
import { joinNames, nameInList } from '../../i18n/names.ts';
import { formatChange, formatPercent } from '../../i18n/percent.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { type BillColumn, type BillSource, billColumns } from '../bill-columns.ts';
import { type Html, html } from './html.ts';
import { drawing, PLOT } from './plot.ts';

/** Quarters shown. */
const SHOWN = 6;
/** Share of its place that a column takes. */
const FULLNESS = 0.78;

interface Bill {
  readonly columns: readonly BillColumn[];
  readonly sum: HyperscalerSum | undefined;
}

/** What was known at a minute, by the ledger: a minute is the shortest time in which more can become known. */
const known = new WeakMap<Ledger, Bill & { readonly minute: number }>();

const billNow = (source: BillSource): Bill => {
  const { ledger, companies, now } = source;
  const minute = Math.floor(now / MINUTE_MS);
  const before = known.get(ledger);
  if (before?.minute === minute) return before;
  const bill = {
    minute,
    columns: billColumns(source, now).slice(-SHOWN),
    sum: newestHyperscalerSum(ledger, companies, now),
  };
  known.set(ledger, bill);
  return bill;
};

/** Stacked quarters; one in which not all have reported has the place that it may still take. */
const columnsHtml = ({ columns }: Bill, four: readonly string[]): Html => {
  const tallest = Math.max(1, ...columns.map(({ sum }) => sum?.capex ?? 0));
  const slot = PLOT.width / SHOWN;
  return drawing(
    html`${columns.map(({ parts, sum }, at) => {
      const x = (slot * (at + (1 - FULLNESS) / 2)).toFixed(0);
      const width = (slot * FULLNESS).toFixed(0);
      let top = PLOT.height;
      const stacked = parts.map(({ subject, capex }) => {
        const height = (capex / tallest) * PLOT.height;
        top -= height;
        return html`<rect class="company-${four.indexOf(subject)}" x="${x}" y="${top.toFixed(1)}" width="${width}" height="${height.toFixed(1)}"/>`;
      });
      const isWhole = sum !== undefined && sum.reported === sum.of;
      return html`${!isWhole && html`<rect class="later" x="${x}" y="0" width="${width}" height="${PLOT.height}"/>`}${stacked}`;
    })}`,
  );
};

const bigFigure = (term: string, value: string): Html => html`<div><dt>${term}</dt><dd>${value}</dd></div>`;

/** What is already out of the quarter that is coming in, and who has told it. */
const comingIn = (words: Translator, { columns, sum }: Bill): Html => {
  const newest = columns.at(-1);
  if (!newest?.sum || newest.quarter.end === sum?.quarter.end) return html``;
  return html`<p class="quiet small">${words.say('board.bill.coming-in', {
    period: formatPeriod(words, newest.quarter.start, newest.quarter.end),
    names: joinNames(
      words,
      newest.parts.map(({ subject }) => nameInList(words, subject)),
    ),
    amount: formatUsdMillions(words, newest.sum.capex),
    reported: newest.sum.reported,
    of: newest.sum.of,
  })}</p>`;
};

/** The bill of the four in a strip: the newest quarters, and how much it was. */
export const billStrip = (words: Translator, source: BillSource): Html => {
  const bill = billNow(source);
  const { sum } = bill;
  if (!sum) return html`<p class="quiet">${words.say('board.bill.none')}</p>`;
  const period = formatPeriod(words, sum.quarter.start, sum.quarter.end);
  return html`<div class="bill-strip"><div class="pane">${columnsHtml(bill, source.companies.four)}</div>
<dl>${bigFigure(words.say('board.bill.of-quarter', { period, reported: sum.reported, of: sum.of }), formatUsdMillions(words, sum.capex))}${
    sum.yoyPercent !== undefined &&
    bigFigure(words.say('board.bill.year-short'), formatChange(words, sum.yoyPercent, 0))
  }${
    sum.ofOperatingCashFlow !== undefined &&
    bigFigure(words.say('board.bill.share'), formatPercent(words, sum.ofOperatingCashFlow, 0))
  }</dl></div>
${comingIn(words, bill)}`;
};
