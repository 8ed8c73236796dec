import type { PriceUnit } from '../market/watchlist.ts';
import type { Point } from '../stories/chart-spec.ts';
import { filledArea, type Polyline, priceGradient, strokedLine, thinned } from './curve.ts';
import type { GutterLabel } from './gutter.ts';
import type { Box } from './layout.ts';
import { dot, horizontal } from './markup.ts';
import type { Theme } from './theme.ts';
import type { PointBelow } from './underwater.ts';
import { extent, linearScale } from './value-scale.ts';

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

/** The peak of each session's window, as a line of steps. */
const peakSteps = (
  points: readonly PointBelow[],
  x: (index: number) => number,
  y: (price: number) => number,
): Polyline =>
  points.flatMap(({ peak }, at) => {
    const before = points[at - 1]?.peak;
    const steps = [[x(at), y(peak)] as const];
    return before === undefined || before === peak ? steps : [[x(at), y(before)] as const, ...steps];
  });

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
  const prices = extent([...points.flatMap((point) => [point.close, point.peak]), peak.close]);
  const { y, ticks } = linearScale(pane, prices, PRICE_PADDING, TICK_COUNT, unit);
  const track = thinned(points.map((point, index) => [x(index), y(point.close)]));
  const [nowX, nowY] = track.at(-1) as Polyline[number];
  const peakX = peakIndex === undefined ? pane.left : x(peakIndex);
  const peakY = y(peak.close);
  const low = lowest && points[lowest.index];
  const drawn = [
    priceGradient(id, pane, theme),
    ...ticks.map((tick) => horizontal(pane.left, pane.right, tick.y, theme.grid)),
    filledArea(track, pane.bottom, id),
    strokedLine(
      thinned(peakSteps(points.slice(0, (peakIndex ?? 0) + 1), x, y)),
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
