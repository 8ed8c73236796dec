import { scaleLinear } from 'd3-scale';
import { type Ink, toneOfLevel } from '../stories/tone.ts';
import { lineThrough, type Polyline } from './curve.ts';
import { depthCurve, depthGradients, depthTicks, MIN_SHOWN_DEPTH_PERCENT, riseGradients } from './depth-curve.ts';
import { axisBeside, type GutterLabel, type GutterTag } from './gutter.ts';
import { labelBox, placeLabel } from './label-placement.ts';
import { type Box, baselineFor, clamp, TEXT } from './layout.ts';
import { dot, horizontal, ring, text } from './markup.ts';
import { levelLabel } from './number-label.ts';
import { DOT_RADIUS, type Pane } from './price-pane.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { toneOfFall } from './tone-colour.ts';
import { distanceOf, type PointFrom } from './underwater.ts';

/** The percent at the pane's far edge over the largest one shown, without and with a label near the deepest point. */
const EDGE_FACTOR = 1.1;
const EDGE_FACTOR_WITH_LABEL = 1.24;
/** Smallest distance between the steps of an axis, in picture units; not each has a label. */
const MIN_STEP = 8;
/** Beside the tag, if they have room. */
const WANTED_LABELS = 3;
const LABEL_HEIGHT = 30;
const STEPS_PERCENT = [2000, 1000, 500, 200, 100, 50, 25, 20, 10, 5, 2, 1, 0.5];

/** The lowest close of the fall that the card names, with its depth as the card says it. */
interface Lowest {
  readonly index: number;
  readonly label: string;
}

interface UnderwaterPaneInput {
  /** At least one. */
  readonly points: readonly PointFrom[];
  /** Falls go down from zero at the top, rises up from zero at the bottom. */
  readonly way: 'down' | 'up';
  /** x coordinate of the point with this index. */
  readonly x: (index: number) => number;
  /** In percent, above 0; of a fall, below 100. */
  readonly level: number | undefined;
  readonly lowest: Lowest | undefined;
  /** The tags of the price and of the latest distance, as they are placed if that has this height and `level` is to stay. */
  readonly tagsAt: (nowY: number, level: GutterLabel | undefined) => readonly GutterTag[];
}

/** The box of a mark's label: beside the point, then above it. */
const lowestLabelBox = (label: string, [x, y]: Polyline[number], track: Polyline, pane: Box): Box => {
  const width = textWidth(label, TEXT.mark);
  const side = width / 2 + 18;
  const at = (centreX: number, centreY: number): Box =>
    labelBox(
      clamp(centreX - width / 2, pane.left + 2, pane.right - width - 12),
      clamp(centreY, pane.top + LABEL_HEIGHT / 2, pane.bottom - LABEL_HEIGHT / 2),
      width,
      LABEL_HEIGHT,
    );
  const boxes = [
    at(x + side, y + 4),
    at(x - side, y + 4),
    at(x, y + 28),
    at(x, y - 30),
    at(x + side, y - 16),
    at(x - side, y - 16),
  ];
  return placeLabel(boxes, [], [track]);
};

/**
 * The distance below the peak over time, with the level that fired, the lowest close of the fall and the latest depth; or
 * that above the low, mirrored.
 */
export const underwaterPane = (
  { points, way, x, level, lowest, tagsAt }: UnderwaterPaneInput,
  pane: Box,
  theme: Theme,
  id: string,
): Pane & { readonly tags: readonly GutterTag[] } => {
  const sign = way === 'down' ? -1 : 1;
  const percents = points.map((point) => distanceOf(point) * 100);
  const inkAt = (index: number): string => {
    const { close, base } = points.at(index) as PointFrom;
    return way === 'down' ? theme[toneOfFall(close, base)] : theme.rise.mark;
  };
  const levelTone = toneOfLevel(Math.round((level ?? 0) * 100));
  const levelInk: Ink = way === 'down' ? { mark: theme[levelTone], text: theme.text[levelTone] } : theme.rise;
  const largest = percents.reduce((most, percent) => Math.max(most, sign * percent), 0);
  const edge = Math.max(
    largest * (lowest ? EDGE_FACTOR_WITH_LABEL : EDGE_FACTOR),
    (level ?? 0) * EDGE_FACTOR,
    MIN_SHOWN_DEPTH_PERCENT,
  );
  const zeroY = way === 'down' ? pane.top : pane.bottom;
  const y = scaleLinear([0, sign * edge], [zeroY, way === 'down' ? pane.bottom : pane.top]);
  const track = lineThrough(points.length, x, (at) => y(percents[at] ?? 0));
  const [nowX, nowY] = track.at(-1) as Polyline[number];

  const levelLine =
    level === undefined ? undefined : { y: y(sign * level), label: levelLabel(sign * level), fill: levelInk.text };
  const tags = tagsAt(nowY, levelLine);
  const grids = STEPS_PERCENT.filter((step) => Math.abs(y(step) - y(0)) >= MIN_STEP).map((step) =>
    depthTicks(edge, step).map((percent) => ({ y: y(sign * percent), label: levelLabel(sign * percent) })),
  );
  const { grid, labels } = axisBeside(grids, { tags, first: levelLine, wanted: WANTED_LABELS });

  const marks: string[] = [];
  if (lowest) {
    const point = [x(lowest.index), y(percents[lowest.index] ?? 0)] as const;
    const box = lowestLabelBox(lowest.label, point, track, pane);
    const style = { size: TEXT.mark, fill: theme.ink, weight: 600, halo: theme.ground } as const;
    marks.push(ring(point[0], point[1], inkAt(lowest.index), theme.ground, DOT_RADIUS));
    marks.push(text(box.left, baselineFor((box.top + box.bottom) / 2, TEXT.mark), lowest.label, style));
  }
  const gradients = { area: `${id}a`, line: `${id}b` };
  const drawn = [
    ...(way === 'down'
      ? depthGradients(gradients, { top: pane.top, bottom: pane.bottom, percent: edge }, theme)
      : riseGradients(gradients, pane, theme)),
    ...grid.map((height) => horizontal(pane.left, pane.right, height, theme.grid)),
    levelLine
      ? horizontal(pane.left, pane.right, levelLine.y, levelInk.mark, ' stroke-width="2.5" stroke-dasharray="9 7"')
      : '',
    depthCurve(track, zeroY, gradients),
    ...marks,
    dot(nowX, nowY, inkAt(-1), theme.ground, DOT_RADIUS),
  ].join('');
  return { drawn, labels, tags };
};
