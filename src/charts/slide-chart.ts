import type { Point, SlideChart } from '../stories/chart-spec.ts';
import { type HeaderPart, header } from './header.ts';
import { clamp, PRICE_PANE } from './layout.ts';
import { percentLabel, priceLabel } from './number-label.ts';
import { pricePane } from './price-pane.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import type { Theme } from './theme.ts';
import { toneColour } from './tone-colour.ts';
import { underwater } from './underwater.ts';
import { underwaterPane } from './underwater-pane.ts';
import { isDrawable } from './value-scale.ts';

/** Index of the peak's session, or of the last one before it; undefined if the peak is before the first point. */
const indexOfPeak = (points: readonly Point[], peak: Point): number | undefined => {
  const index = points.findLastIndex((point) => point.session <= peak.session);
  return index < 0 ? undefined : index;
};

const usableLevel = (level: number | undefined): number | undefined =>
  level !== undefined && level > 0 && level < 100 ? level : undefined;

/** The picture's numbers as its accessible name. */
export const slideSummary = (spec: SlideChart): string => {
  const now = spec.points.findLast(isDrawable);
  if (!now) return spec.symbol;
  const fall = isDrawable(spec.peak) ? [percentLabel((now.close / spec.peak.close - 1) * 100)] : [];
  return [spec.symbol, priceLabel(now.close), ...fall, now.session].join(' ');
};

/**
 * Price above, underwater line below. Points without a usable close are left out; without any, only the ticker is
 * drawn. `id` is a prefix for the picture's own ids, so that several pictures can share one page.
 */
export const slideChart = (spec: SlideChart, theme: Theme, id: string): string => {
  const all = spec.points.filter(isDrawable);
  const now = all.at(-1);
  if (!now) return header(spec.symbol, [], '', theme);

  const peak = isDrawable(spec.peak) ? spec.peak : all.reduce((a, b) => (b.close >= a.close ? b : a));
  const from = all.length - clamp(spec.shown ?? all.length, 1, all.length);
  const points = all.slice(from);
  const below = underwater(all, spec.window, peak).slice(from);
  const percent = (now.close / peak.close - 1) * 100;
  const x = sessionScale(points.length, PRICE_PANE);

  const numbers: readonly HeaderPart[] = [
    { label: priceLabel(now.close), fill: theme.ink },
    { label: percentLabel(percent), fill: toneColour(theme, now.close, peak.close) },
  ];
  const sessions = points.map(({ session }) => session);
  return [
    header(spec.symbol, numbers, now.session, theme),
    pricePane({ points, x, peak, peakIndex: indexOfPeak(points, peak) }, theme, `${id}p`),
    underwaterPane({ points: below, x, level: usableLevel(spec.level) }, theme, `${id}u`),
    sessionAxis(sessions, x, theme),
  ].join('');
};
