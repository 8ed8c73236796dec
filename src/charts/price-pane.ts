import type { PriceUnit } from '../market/watchlist.ts';
import type { Point } from '../stories/chart-spec.ts';
import { filledArea, lineThrough, type Polyline, priceGradient, strokedLine, thinned } from './curve.ts';
import type { GutterLabel } from './gutter.ts';
import type { Box } from './layout.ts';
import { dot, horizontal } from './markup.ts';
import type { Theme } from './theme.ts';
import type { PointBelow } from './underwater.ts';
import { linearScale } from './value-scale.ts';

/** Leaves room under the line for its fill. */
const PRICE_PADDING = { above: 0.02, below: 0.1 };
/** One or two are enough: the price is in the heading and on its tag. */
const TICK_COUNT = 3;
export const DOT_RADIUS = 9;

/** What a pane draws, and what it has for the gutter beside it. */
export interface Pane {
  /** Drawn below the tags. */
  readonly drawn: string;
  readonly labels: readonly GutterLabel[];
  /** The height of the latest value. */
  readonly nowY: number;
}

interface PricePaneInput {
  /** At least one. */
  readonly points: readonly PointBelow[];
  /** x coordinate of the point with this index. */
  readonly x: (index: number) => number;
  readonly peak: Point;
  /** Index of the peak's point; undefined if it is before the first. */
  readonly peakIndex: number | undefined;
  /** Index of the lowest close of the fall, and the colour of its mark. */
  readonly lowest?: { readonly index: number; readonly fill: string } | undefined;
  readonly unit: PriceUnit;
}

/** The peak of the windows up to a session's, as a line of steps. */
const peakSteps = (
  points: readonly PointBelow[],
  until: number,
  x: (index: number) => number,
  y: (price: number) => number,
): Polyline => {
  const steps: Polyline[number][] = [];
  for (let at = 0; at <= until; at += 1) {
    const { peak } = points[at] as PointBelow;
    const before = points[at - 1]?.peak;
    if (before !== undefined && before !== peak) steps.push([x(at), y(before)]);
    if (before !== peak || at === until) steps.push([x(at), y(peak)]);
  }
  return steps;
};

/** The lowest close, and the highest price that any is measured from. */
const rangeOf = (points: readonly PointBelow[], peak: Point): readonly [low: number, high: number] => {
  let [low, high] = [peak.close, peak.close];
  for (const { close, peak: from } of points) {
    if (close < low) low = close;
    if (from > high) high = from;
  }
  return [low, high];
};

/**
 * The closes with a fill; the peak that each is measured from as a faint line of steps, and from its day on the one that
 * counts.
 */
export const pricePane = (
  { points, x, peak, peakIndex, lowest, unit }: PricePaneInput,
  pane: Box,
  theme: Theme,
  id: string,
): Pane => {
  const { y, ticks } = linearScale(pane, rangeOf(points, peak), PRICE_PADDING, TICK_COUNT, unit);
  const track = lineThrough(points.length, x, (at) => y(points[at]?.close ?? 0));
  const [nowX, nowY] = track.at(-1) as Polyline[number];
  const peakX = peakIndex === undefined ? pane.left : x(peakIndex);
  const peakY = y(peak.close);
  const low = lowest && points[lowest.index];
  const drawn = [
    priceGradient(id, pane, theme),
    ...ticks.map((tick) => horizontal(pane.left, pane.right, tick.y, theme.grid)),
    filledArea(track, pane.bottom, id),
    strokedLine(
      thinned(peakSteps(points, peakIndex ?? 0, x, y)),
      theme.peak,
      1.5,
      ' stroke-opacity="0.6" stroke-dasharray="3 5"',
    ),
    horizontal(peakX, pane.right, peakY, theme.peak, ' stroke-width="2.5" stroke-dasharray="9 7"'),
    strokedLine(track, theme.price, 3.2),
    peakIndex === undefined ? '' : dot(peakX, peakY, theme.peak, theme.ground, DOT_RADIUS),
    lowest && low ? dot(x(lowest.index), y(low.close), lowest.fill, theme.ground, DOT_RADIUS) : '',
    dot(nowX, nowY, theme.price, theme.ground, DOT_RADIUS),
  ].join('');
  return { drawn, labels: ticks, nowY };
};
