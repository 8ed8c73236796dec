import { scaleLinear } from 'd3-scale';
import type { Point, SlideChart } from '../stories/chart-spec.ts';
import { type HeaderPart, header } from './header.ts';
import { clamp, DATES_BASELINE, FONT, PLOT_RIGHT, PRICE_PANE as pane } from './layout.ts';
import { text } from './markup.ts';
import { percentLabel, priceLabel } from './number-label.ts';
import { pricePane } from './price-pane.ts';
import { sessionTicks } from './session-ticks.ts';
import { depthColour, type Theme } from './theme.ts';
import { underwater } from './underwater.ts';
import { underwaterPane } from './underwater-pane.ts';

const drawable = ({ close }: Point): boolean => Number.isFinite(close) && close > 0;

/** Index of the peak's session, or of the last one before it; undefined where the peak lies before the first point. */
const indexOfPeak = (points: readonly Point[], peak: Point): number | undefined => {
  const index = points.findLastIndex((point) => point.session <= peak.session);
  return index < 0 ? undefined : index;
};

const usable = (level: number | undefined): number | undefined =>
  level !== undefined && level > 0 && level < 100 ? level : undefined;

/** What the picture says, in numbers: for its accessible name. */
export const slideSummary = (spec: SlideChart): string => {
  const now = spec.points.findLast(drawable);
  if (!now) return spec.symbol;
  const fall = drawable(spec.peak) ? [percentLabel((now.close / spec.peak.close - 1) * 100)] : [];
  return [spec.symbol, priceLabel(now.close), ...fall, now.session].join(' ');
};

/**
 * Price above, underwater below. Points without a usable close are left out; without any, the ticker stands alone.
 * `id` is a prefix for the picture's own ids, so that several pictures can share one page.
 */
export const slideChart = (spec: SlideChart, theme: Theme, id: string): string => {
  const all = spec.points.filter(drawable);
  const now = all.at(-1);
  if (!now) return header(spec.symbol, [], '', theme);

  const peak = drawable(spec.peak) ? spec.peak : all.reduce((a, b) => (b.close >= a.close ? b : a));
  const from = all.length - clamp(spec.shown ?? all.length, 1, all.length);
  const points = all.slice(from);
  const depths = underwater(all, spec.window, peak).slice(from);
  const percent = (now.close / peak.close - 1) * 100;
  const along = scaleLinear([0, points.length - 1], [pane.left, PLOT_RIGHT]);
  const x = (index: number): number => (points.length === 1 ? PLOT_RIGHT : along(index));

  const numbers: readonly HeaderPart[] = [
    { label: priceLabel(now.close), fill: theme.ink },
    { label: percentLabel(percent), fill: depthColour(theme, percent) },
  ];
  const dates = sessionTicks(
    points.map((point) => point.session),
    x,
  ).map((tick) => text(tick.x, DATES_BASELINE, tick.label, { size: FONT.axis, fill: theme.muted, anchor: 'middle' }));
  return [
    header(spec.symbol, numbers, now.session, theme),
    pricePane({ points, x, peak, peakIndex: indexOfPeak(points, peak) }, theme, `${id}p`),
    underwaterPane({ depths, x, level: usable(spec.level) }, theme, `${id}u`),
    ...dates,
  ].join('');
};
