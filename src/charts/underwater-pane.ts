import { scaleLinear } from 'd3-scale';
import { toneOfLevel } from '../stories/tone.ts';
import { lineThrough, type Polyline } from './curve.ts';
import { depthCurve, depthGradients, depthTicks, MIN_SHOWN_DEPTH_PERCENT } from './depth-curve.ts';
import { type GutterLabel, type GutterTag, placeLabels } from './gutter.ts';
import { labelBox, placeLabel } from './label-placement.ts';
import { type Box, baselineFor, clamp, TEXT } from './layout.ts';
import { dot, horizontal, text } from './markup.ts';
import { levelLabel } from './number-label.ts';
import { DOT_RADIUS, type Pane } from './price-pane.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { toneOfFall } from './tone-colour.ts';
import { depthOf, type PointBelow } from './underwater.ts';

/** Depth at the pane's bottom over the deepest one shown, without and with a label near the deepest point. */
const BOTTOM_FACTOR = 1.1;
const BOTTOM_FACTOR_WITH_LABEL = 1.24;
/** Smallest distance between grid lines, in picture units. */
const MIN_GRID_SPACING = 34;
/** Labels with the tag: fewer do not say what a height means. */
const MIN_LABELS = 3;
const LABEL_HEIGHT = 30;
const STEPS_PERCENT = [50, 25, 20, 10, 5, 2, 1, 0.5];

/** The lowest close of the fall that the card names, with its depth as the card says it. */
interface Lowest {
  readonly index: number;
  readonly label: string;
}

interface UnderwaterPaneInput {
  /** At least one. */
  readonly points: readonly PointBelow[];
  /** x coordinate of the point with this index. */
  readonly x: (index: number) => number;
  /** In percent, between 0 and 100. */
  readonly level: number | undefined;
  readonly lowest: Lowest | undefined;
  /** The tags of the price and of the latest depth, as they are placed if that has this height and `level` is to stay. */
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

/** The axis in the widest step that leaves three labels beside the tags; without such a step, in the one with the most. */
const axisOf = (
  bottom: number,
  y: (percent: number) => number,
  level: GutterLabel | undefined,
  tags: readonly GutterTag[],
): { readonly grid: readonly number[]; readonly labels: readonly GutterLabel[] } => {
  const axes = STEPS_PERCENT.filter((step) => y(-step) - y(0) >= MIN_GRID_SPACING || step === STEPS_PERCENT[0]).map(
    (step) => {
      const grid = depthTicks(bottom, (wanted) => wanted >= step);
      const ticks = grid.map((percent) => ({ y: y(percent), label: levelLabel(percent) }));
      const others = ticks.filter(({ label }) => label !== level?.label);
      return { grid, labels: placeLabels([...(level ? [level] : []), ...others], tags) };
    },
  );
  const most = axes.toSorted((a, b) => b.labels.length - a.labels.length)[0] ?? { grid: [], labels: [] };
  return axes.find(({ labels }) => labels.length + 1 >= MIN_LABELS) ?? most;
};

/** The distance below the peak over time, with the level that fired, the lowest close of the fall and the latest depth. */
export const underwaterPane = (
  { points, x, level, lowest, tagsAt }: UnderwaterPaneInput,
  pane: Box,
  theme: Theme,
  id: string,
): Pane & { readonly tags: readonly GutterTag[] } => {
  const percents = points.map((point) => depthOf(point) * 100);
  const toneAt = (index: number) => {
    const { close, peak } = points.at(index) as PointBelow;
    return toneOfFall(close, peak);
  };
  const deepest = percents.reduce((a, b) => Math.min(a, b), 0);
  const bottom = Math.max(
    -deepest * (lowest ? BOTTOM_FACTOR_WITH_LABEL : BOTTOM_FACTOR),
    (level ?? 0) * BOTTOM_FACTOR,
    MIN_SHOWN_DEPTH_PERCENT,
  );
  const y = scaleLinear([0, -bottom], [pane.top, pane.bottom]);
  const track = lineThrough(points.length, x, (at) => y(percents[at] ?? 0));
  const [nowX, nowY] = track.at(-1) as Polyline[number];

  const levelTone = toneOfLevel(Math.round((level ?? 0) * 100));
  const levelLine =
    level === undefined ? undefined : { y: y(-level), label: levelLabel(-level), fill: theme.text[levelTone] };
  const tags = tagsAt(nowY, levelLine);
  const { grid, labels } = axisOf(bottom, y, levelLine, tags);

  const marks: string[] = [];
  if (lowest) {
    const point = [x(lowest.index), y(percents[lowest.index] ?? 0)] as const;
    const box = lowestLabelBox(lowest.label, point, track, pane);
    const style = { size: TEXT.mark, fill: theme.ink, weight: 600, halo: theme.ground } as const;
    marks.push(dot(point[0], point[1], theme[toneAt(lowest.index)], theme.ground, DOT_RADIUS));
    marks.push(text(box.left, baselineFor((box.top + box.bottom) / 2, TEXT.mark), lowest.label, style));
  }
  const gradients = { area: `${id}a`, line: `${id}b` };
  const drawn = [
    ...depthGradients(gradients, { top: pane.top, bottom: pane.bottom, percent: bottom }, theme),
    ...grid.map((percent) => horizontal(pane.left, pane.right, y(percent), theme.grid)),
    levelLine
      ? horizontal(pane.left, pane.right, levelLine.y, theme[levelTone], ' stroke-width="2.5" stroke-dasharray="9 7"')
      : '',
    depthCurve(track, pane.top, gradients),
    ...marks,
    dot(nowX, nowY, theme[toneAt(-1)], theme.ground, DOT_RADIUS),
  ].join('');
  return { drawn, labels, nowY, tags };
};
