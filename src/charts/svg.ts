import { createHash } from 'node:crypto';
import type { ChartSpec } from '../stories/chart-spec.ts';
import type { Palette } from '../stories/tone.ts';
import { barsChart, barsHeight, barsSummary } from './bars-chart.ts';
import { BILL_HEIGHT, billChart, billSummary } from './bill-chart.ts';
import { COMPARE_HEIGHT, compareChart, compareSummary } from './compare-chart.ts';
import { HEIGHT, WIDTH } from './layout.ts';
import { escapeXml } from './markup.ts';
import { multiplesChart, multiplesHeight, multiplesSummary } from './multiples-chart.ts';
import { priceChart, priceSummary } from './price-chart.ts';
import { RETURN_HEIGHT, returnChart, returnSummary } from './return-chart.ts';
import { slideChart, slideHeight, slideSummary } from './slide-chart.ts';
import { type Theme, type ThemeName, themeOf } from './theme.ts';

/** Stands for the picture's id while it is drawn; no text can hold it. */
const ID_TO_COME = '\u0000';

/** An id made of what is drawn, so that several pictures on one page do not share a gradient. */
const idOf = (drawn: string): string => `c${createHash('sha256').update(drawn).digest('hex').slice(0, 10)}`;

interface Drawing {
  readonly drawn: string;
  /** The picture's numbers as its accessible name. */
  readonly summary: string;
  /** In picture units; 560 if absent. */
  readonly height?: number;
}

/** The registry of chart kinds: the drawing and the accessible name of each. */
const draw = (spec: ChartSpec, theme: Theme, id: string): Drawing => {
  switch (spec.kind) {
    case 'slide':
      return { drawn: slideChart(spec, theme, id), summary: slideSummary(spec), height: slideHeight(spec) };
    case 'bars':
      return { drawn: barsChart(spec, theme), summary: barsSummary(spec), height: barsHeight(spec) };
    case 'price':
      return { drawn: priceChart(spec, theme, id), summary: priceSummary(spec) };
    case 'compare':
      return { drawn: compareChart(spec, theme), summary: compareSummary(spec), height: COMPARE_HEIGHT };
    case 'multiples':
      return {
        drawn: multiplesChart(spec, theme, id),
        summary: multiplesSummary(spec),
        height: multiplesHeight(spec),
      };
    case 'bill':
      return { drawn: billChart(spec, theme), summary: billSummary(spec), height: BILL_HEIGHT };
    case 'return':
      return { drawn: returnChart(spec, theme), summary: returnSummary(spec), height: RETURN_HEIGHT };
  }
};

/**
 * A chart as a complete SVG of 1000 units in width, for the PNG and for the board. It has no outside references, and only
 * tickers, numeric dates, numbers and marks as text, so that one picture serves every language; `falls` is the palette
 * that its readers expect.
 */
export const chartSvg = (spec: ChartSpec, theme: ThemeName = 'dark', falls: Palette = 'red'): string => {
  const colours = themeOf(theme, falls);
  const { drawn, summary, height = HEIGHT } = draw(spec, colours, ID_TO_COME);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(summary)}" font-family="Inter, system-ui, sans-serif">`,
    `<rect width="${WIDTH}" height="${height}" fill="${colours.ground}"/>`,
    drawn.replaceAll(ID_TO_COME, idOf(drawn)),
    '</svg>',
  ].join('');
};
