import { createHash } from 'node:crypto';
import type { ChartSpec } from '../stories/chart-spec.ts';
import { barsChart, barsSummary } from './bars-chart.ts';
import { compareChart, compareSummary } from './compare-chart.ts';
import { HEIGHT, WIDTH } from './layout.ts';
import { escapeXml } from './markup.ts';
import { multiplesChart, multiplesSummary } from './multiples-chart.ts';
import { priceChart, priceSummary } from './price-chart.ts';
import { quartersChart, quartersSummary } from './quarters-chart.ts';
import { slideChart, slideSummary } from './slide-chart.ts';
import { type Theme, type ThemeName, themes } from './theme.ts';

/** An id made of the picture's content, so that several pictures on one page do not share a gradient. */
const idOf = (spec: ChartSpec, theme: ThemeName): string =>
  `c${createHash('sha256').update(theme).update(JSON.stringify(spec)).digest('hex').slice(0, 10)}`;

/** The registry of chart kinds: the drawing and the accessible name of each. */
const draw = (spec: ChartSpec, theme: Theme, id: string): { readonly drawn: string; readonly summary: string } => {
  switch (spec.kind) {
    case 'slide':
      return { drawn: slideChart(spec, theme, id), summary: slideSummary(spec) };
    case 'bars':
      return { drawn: barsChart(spec, theme), summary: barsSummary(spec) };
    case 'price':
      return { drawn: priceChart(spec, theme, id), summary: priceSummary(spec) };
    case 'compare':
      return { drawn: compareChart(spec, theme), summary: compareSummary(spec) };
    case 'quarters':
      return { drawn: quartersChart(spec, theme), summary: quartersSummary(spec) };
    case 'multiples':
      return { drawn: multiplesChart(spec, theme, id), summary: multiplesSummary(spec) };
  }
};

/**
 * A chart as a complete SVG of 1000 x 560 units, for the PNG and for the board. It has no outside references, and only
 * tickers, numeric dates and numbers as text, so that one picture serves every language.
 */
export const chartSvg = (spec: ChartSpec, theme: ThemeName = 'dark'): string => {
  const colours = themes[theme];
  const id = idOf(spec, theme);
  const { drawn, summary } = draw(spec, colours, id);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeXml(summary)}" font-family="Inter, system-ui, sans-serif">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${colours.ground}"/>`,
    drawn,
    '</svg>',
  ].join('');
};
