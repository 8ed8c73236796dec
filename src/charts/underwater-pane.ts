import { scaleLinear } from 'd3-scale';
import { depthGradient } from './depth-gradient.ts';
import { type Box, baselineFor, FONT, UNDERWATER_PANE as pane } from './layout.ts';
import { dot, horizontal, text } from './markup.ts';
import { levelLabel, percentLabel } from './number-label.ts';
import { fillPath, strokePath } from './paths.ts';
import type { Line } from './place-label.ts';
import { axisTag, rightAxis, type Tag, type Tick } from './right-axis.ts';
import { depthColour, type Theme } from './theme.ts';
import { placeDeepestLabel, placeLevelLabel } from './underwater-labels.ts';

/** In percent: the pane never shows less than this, so that a calm year looks calm. */
const LEAST_DEPTH = 5;
/** How far the pane reaches below what it shows: a little, or enough for a label under the deepest point. */
const ROOM = 1.12;
const ROOM_FOR_LABEL = 1.36;

const TICK_STEPS = [1, 2, 5, 10, 20, 25, 50];
/** Grid lines closer than this, in picture units, are too many. */
const LEAST_SPACING = 34;

/** Grid lines from 0 % down to `bottom` percent of fall. */
const ticksDown = (bottom: number, y: (percent: number) => number): readonly Tick[] => {
  const step = TICK_STEPS.find((candidate) => y(-candidate) - y(0) >= LEAST_SPACING) ?? 50;
  return Array.from({ length: Math.floor(bottom / step) + 1 }, (_, index) => ({
    y: y(-index * step),
    label: levelLabel(-index * step),
  }));
};

const mark = (box: Box, label: string, size: number, fill: string, theme: Theme): string =>
  text(box.left, baselineFor((box.top + box.bottom) / 2, size), label, { size, fill, bold: true, halo: theme.ground });

export interface Depths {
  /** Fractions <= 0, one for each point; at least one. */
  readonly depths: readonly number[];
  /** Place of the point with this index on the x axis. */
  readonly x: (index: number) => number;
  /** In percent, between 0 and 100. */
  readonly level: number | undefined;
}

/** How far below its peak the price was all along, with the level that fired, the deepest point and now. */
export const underwaterPane = ({ depths, x, level }: Depths, theme: Theme, id: string): string => {
  const percents = depths.map((depth) => depth * 100);
  const deepest = percents.reduce((a, b) => Math.min(a, b), 0);
  const now = percents.at(-1) ?? 0;
  // The tag names the depth now: where that is the deepest, as in most alerts, a second label would repeat it.
  const marksDeepest = percentLabel(deepest) !== percentLabel(now) && deepest < -LEAST_DEPTH / 2;

  const bottom = Math.max(-deepest * (marksDeepest ? ROOM_FOR_LABEL : ROOM), (level ?? 0) * ROOM, LEAST_DEPTH);
  const y = scaleLinear([0, -bottom], [pane.top, pane.bottom]);
  const range = { top: pane.top, bottom: pane.bottom, percent: bottom };
  const track: Line = percents.map((percent, index) => [x(index), y(percent)]);
  const [nowX, nowY] = track.at(-1) as Line[number];
  const levelY = level === undefined ? undefined : y(-level);
  const tag: Tag = { y: nowY, label: percentLabel(now), fill: depthColour(theme, now) };

  const taken: Box[] = [];
  const marks: string[] = [];
  if (marksDeepest) {
    const point = track[percents.indexOf(deepest)] as Line[number];
    const label = percentLabel(deepest);
    const box = placeDeepestLabel(label, point, track, levelY);
    taken.push(box);
    marks.push(dot(point[0], point[1], depthColour(theme, deepest), theme.ground));
    marks.push(mark(box, label, FONT.mark, theme.ink, theme));
  }
  if (level !== undefined && levelY !== undefined) {
    const colour = depthColour(theme, -level);
    const label = levelLabel(-level);
    marks.push(mark(placeLevelLabel(label, levelY, taken, track), label, FONT.axis, colour, theme));
    marks.unshift(horizontal(pane.left, pane.right, levelY, colour, ' stroke-width="2" stroke-dasharray="7 6"'));
  }

  return [
    depthGradient(`${id}a`, range, (offset) => 0.1 + 0.4 * offset, theme),
    depthGradient(`${id}b`, range, () => 1, theme),
    rightAxis(pane, ticksDown(bottom, y), tag, theme),
    `<path d="${fillPath(track, pane.top)}" fill="url(#${id}a)"/>`,
    `<path d="${strokePath(track)}" fill="none" stroke="url(#${id}b)" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>`,
    ...marks,
    dot(nowX, nowY, tag.fill, theme.ground),
    axisTag(pane, tag, theme),
  ].join('');
};
