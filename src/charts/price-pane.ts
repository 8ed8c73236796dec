import type { PriceUnit } from '../market/watchlist.ts';
import type { Point } from '../stories/chart-spec.ts';
import { filledArea, lineThrough, type Polyline, priceGradient, strokedLine, thinned } from './curve.ts';
import { axisBeside, type GutterLabel, type GutterTag } from './gutter.ts';
import type { Box } from './layout.ts';
import { logMark } from './log-mark.ts';
import { dot, horizontal, ring } from './markup.ts';
import type { Theme } from './theme.ts';
import type { PointFrom } from './underwater.ts';
import { type ValueScale, valueScale } from './value-scale.ts';

/** Leaves room under the line for its fill, and for its tag beside the labels of the next pane. */
const PRICE_PADDING = { above: 0.02, below: 0.12 };
/** Few: the price is in the heading and on its tag. */
const TICK_COUNT = 3;
export const DOT_RADIUS = 9;

/** What a pane draws, and the labels in the gutter beside it. */
export interface Pane {
  readonly drawn: string;
  readonly labels: readonly GutterLabel[];
}

interface PricePaneInput {
  /** At least one. */
  readonly points: readonly PointFrom[];
  /** x coordinate of the point with this index. */
  readonly x: (index: number) => number;
  readonly scale: ValueScale;
  /** The peak that the price is measured from, or the low of a rise. */
  readonly base: Point;
  /** Index of the base's point; undefined if it is before the first. */
  readonly baseIndex: number | undefined;
  /** Index of the lowest close of the fall, and the colour of its mark. */
  readonly lowest?: { readonly index: number; readonly fill: string } | undefined;
  /** In the gutter, as they are placed. */
  readonly tags: readonly GutterTag[];
  readonly others: readonly GutterLabel[];
}

/** What the closes up to a session's are measured from, as a line of steps. */
const baseSteps = (
  points: readonly PointFrom[],
  until: number,
  x: (index: number) => number,
  y: (price: number) => number,
): Polyline => {
  const steps: Polyline[number][] = [];
  for (let at = 0; at <= until; at += 1) {
    const { base } = points[at] as PointFrom;
    const before = points[at - 1]?.base;
    if (before !== undefined && before !== base) steps.push([x(at), y(before)]);
    if (before !== base || at === until) steps.push([x(at), y(base)]);
  }
  return steps;
};

/** The scale of the closes, and of the prices that any is measured from. */
export const priceScale = (points: readonly PointFrom[], base: Point, pane: Box, unit: PriceUnit): ValueScale => {
  let [low, high] = [base.close, base.close];
  for (const { close, base: from } of points) {
    low = Math.min(low, close, from);
    high = Math.max(high, close, from);
  }
  return valueScale(pane, low, high, { unit, padding: PRICE_PADDING, tickCount: TICK_COUNT });
};

/**
 * The closes with a fill; the peak or low that each is measured from as a faint line of steps, and from its day on the one
 * that counts.
 */
export const pricePane = (
  { points, x, scale, base, baseIndex, lowest, tags, others }: PricePaneInput,
  pane: Box,
  theme: Theme,
  id: string,
): Pane => {
  const { y } = scale;
  const { grid, labels } = axisBeside([scale.ticks, ...scale.finer], { tags, others });
  const track = lineThrough(points.length, x, (at) => y(points[at]?.close ?? 0));
  const [nowX, nowY] = track.at(-1) as Polyline[number];
  const baseX = baseIndex === undefined ? pane.left : x(baseIndex);
  const baseY = y(base.close);
  const low = lowest && points[lowest.index];
  const drawn = [
    priceGradient(id, pane, theme),
    ...grid.map((height) => horizontal(pane.left, pane.right, height, theme.grid)),
    filledArea(track, pane.bottom, id),
    strokedLine(
      thinned(baseSteps(points, baseIndex ?? 0, x, y)),
      theme.peak,
      1.5,
      ' stroke-opacity="0.6" stroke-dasharray="3 5"',
    ),
    horizontal(baseX, pane.right, baseY, theme.peak, ' stroke-width="2.5" stroke-dasharray="9 7"'),
    strokedLine(track, theme.price, 3.2),
    scale.logarithmic ? logMark(pane, track, theme) : '',
    baseIndex === undefined ? '' : dot(baseX, baseY, theme.peak, theme.ground, DOT_RADIUS),
    lowest && low ? ring(x(lowest.index), y(low.close), lowest.fill, theme.ground, DOT_RADIUS) : '',
    dot(nowX, nowY, theme.price, theme.ground, DOT_RADIUS),
  ].join('');
  return { drawn, labels };
};
