import { scaleLinear } from 'd3-scale';
import { toneOfLevel } from '../stories/tone.ts';
import type { Polyline } from './curve.ts';
import { depthCurve, depthGradients, depthTicks, MIN_SHOWN_DEPTH_PERCENT } from './depth-curve.ts';
import { labelBox, placeLabel } from './label-placement.ts';
import { type Box, baselineFor, clamp, FONT, UNDERWATER_PANE as pane } from './layout.ts';
import { dot, horizontal, text } from './markup.ts';
import { levelLabel, percentLabel } from './number-label.ts';
import { axisTag, rightAxis, type Tag } from './right-axis.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { toneColour } from './tone-colour.ts';
import { depthOf, type PointBelow } from './underwater.ts';

/** Depth at the pane's bottom over the deepest one shown, without and with a label under the deepest point. */
const BOTTOM_FACTOR = 1.12;
const BOTTOM_FACTOR_WITH_LABEL = 1.36;
/** Smallest distance between grid lines, in picture units. */
const MIN_GRID_SPACING = 34;
const LABEL_HEIGHT = 24;

const labelAt = (centreX: number, centreY: number, width: number): Box =>
  labelBox(clamp(centreX - width / 2, pane.left + 2, pane.right - width - 2), centreY, width, LABEL_HEIGHT);

/** Whether a label stays clear of the pane above and the dates below. It may reach a little out of its pane. */
const isClear = (box: Box): boolean => box.top >= pane.top - 4 && box.bottom <= pane.bottom + 10;

/** The box of the level's label: along the level's line at `y`, below or above it. */
const levelLabelBox = (label: string, y: number, taken: readonly Box[], track: Polyline): Box => {
  const width = textWidth(label, FONT.axis);
  const boxes = [0, 0.25, 0.5, 0.75, 1].flatMap((fraction) => {
    const x = pane.left + fraction * (pane.right - pane.left);
    return [labelAt(x, y + 17, width), labelAt(x, y - 17, width)];
  });
  return placeLabel(boxes.filter(isClear), taken, [track]);
};

/** The box of the deepest point's label: beside the point, then below and above. `levelY` is the level's line. */
const deepestLabelBox = (label: string, [x, y]: Polyline[number], track: Polyline, levelY?: number): Box => {
  const width = textWidth(label, FONT.mark);
  const side = width / 2 + 16;
  const boxes = [
    labelAt(x + side, y + 4, width),
    labelAt(x - side, y + 4, width),
    labelAt(x, y + 26, width),
    labelAt(x + side, y - 14, width),
    labelAt(x - side, y - 14, width),
    labelAt(x, y - 26, width),
  ];
  const level: Polyline = levelY === undefined ? [] : [pane.left, pane.right].map((end) => [end, levelY] as const);
  return placeLabel(boxes.filter(isClear), [], [track, level]);
};

const label = (box: Box, content: string, size: number, fill: string, theme: Theme): string => {
  const baseline = baselineFor((box.top + box.bottom) / 2, size);
  return text(box.left, baseline, content, { size, fill, bold: true, halo: theme.ground });
};

interface UnderwaterPaneInput {
  /** At least one. */
  readonly points: readonly PointBelow[];
  /** x coordinate of the point with this index. */
  readonly x: (index: number) => number;
  /** In percent, between 0 and 100. */
  readonly level: number | undefined;
}

/** The distance below the peak over time, with the level that fired, the deepest point and the latest depth. */
export const underwaterPane = ({ points, x, level }: UnderwaterPaneInput, theme: Theme, id: string): string => {
  const percents = points.map((point) => depthOf(point) * 100);
  const colourAt = (index: number): string => {
    const { close, peak } = points.at(index) as PointBelow;
    return toneColour(theme, close, peak);
  };
  const deepest = percents.reduce((a, b) => Math.min(a, b), 0);
  const now = percents.at(-1) ?? 0;
  // The tag shows the latest depth. In most alerts that is the deepest, and a second label would repeat it.
  const marksDeepest = percentLabel(deepest) !== percentLabel(now) && deepest < -MIN_SHOWN_DEPTH_PERCENT / 2;

  const bottom = Math.max(
    -deepest * (marksDeepest ? BOTTOM_FACTOR_WITH_LABEL : BOTTOM_FACTOR),
    (level ?? 0) * BOTTOM_FACTOR,
    MIN_SHOWN_DEPTH_PERCENT,
  );
  const y = scaleLinear([0, -bottom], [pane.top, pane.bottom]);
  const track: Polyline = percents.map((percent, index) => [x(index), y(percent)]);
  const [nowX, nowY] = track.at(-1) as Polyline[number];
  const levelY = level === undefined ? undefined : y(-level);
  const tag: Tag = { y: nowY, label: percentLabel(now), fill: colourAt(-1) };
  const ticks = depthTicks(bottom, (step) => y(-step) - y(0) >= MIN_GRID_SPACING).map((percent) => ({
    y: y(percent),
    label: levelLabel(percent),
  }));

  const taken: Box[] = [];
  const marks: string[] = [];
  if (marksDeepest) {
    const index = percents.indexOf(deepest);
    const point = track[index] as Polyline[number];
    const content = percentLabel(deepest);
    const box = deepestLabelBox(content, point, track, levelY);
    taken.push(box);
    marks.push(dot(point[0], point[1], colourAt(index), theme.ground));
    marks.push(label(box, content, FONT.mark, theme.ink, theme));
  }
  if (level !== undefined && levelY !== undefined) {
    const colour = theme[toneOfLevel(Math.round(level * 100))];
    const content = levelLabel(-level);
    marks.push(label(levelLabelBox(content, levelY, taken, track), content, FONT.axis, colour, theme));
    marks.unshift(horizontal(pane.left, pane.right, levelY, colour, ' stroke-width="2" stroke-dasharray="7 6"'));
  }

  const gradients = { area: `${id}a`, line: `${id}b` };
  return [
    ...depthGradients(gradients, { top: pane.top, bottom: pane.bottom, percent: bottom }, theme),
    rightAxis(pane, ticks, tag, theme),
    depthCurve(track, pane.top, gradients),
    ...marks,
    dot(nowX, nowY, tag.fill, theme.ground),
    axisTag(pane, tag, theme),
  ].join('');
};
