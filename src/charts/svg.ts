import { createHash } from 'node:crypto';
import { barsChart, barsSummary } from './bars-chart.ts';
import type { ChartSpec } from './chart-spec.ts';
import { HEIGHT, WIDTH } from './layout.ts';
import { escapeXml } from './markup.ts';
import { slideChart, slideSummary } from './slide-chart.ts';
import { type ThemeName, themes } from './theme.ts';

/** The same for the same picture, different for another: several can stand on one page without sharing a gradient. */
const idOf = (spec: ChartSpec, theme: ThemeName): string =>
  `c${createHash('sha256').update(theme).update(JSON.stringify(spec)).digest('hex').slice(0, 10)}`;

/**
 * A chart as a complete SVG of 1000 x 560 units, for the PNG and for the board alike. It refers to nothing outside of
 * itself and holds tickers, numeric dates and numbers only, so that one picture serves every language.
 */
export const chartSvg = (spec: ChartSpec, theme: ThemeName = 'dark'): string => {
  const colours = themes[theme];
  const id = idOf(spec, theme);
  const drawn = spec.kind === 'slide' ? slideChart(spec, colours, id) : barsChart(spec, colours);
  const summary = spec.kind === 'slide' ? slideSummary(spec) : barsSummary(spec);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeXml(summary)}" font-family="Inter, system-ui, sans-serif">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${colours.ground}"/>`,
    drawn,
    '</svg>',
  ].join('');
};
