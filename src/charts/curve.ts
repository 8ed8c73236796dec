import { line } from 'd3-shape';
import type { Box } from './layout.ts';
import { coordinate, verticalGradient } from './markup.ts';
import type { Theme } from './theme.ts';

/** Lines with more points are thinned, in columns of this many picture units. */
const MAX_POINTS = 1_200;
const COLUMN = 2;

/** Points of a line in picture units, x ascending. */
export type Polyline = readonly (readonly [x: number, y: number])[];

/**
 * The line through `count` points without what is finer than its stroke: of all points in two units of x the lowest and the
 * highest, and the ends of the line. A record of fifty years would otherwise be a path of 13,000 points.
 */
export const lineThrough = (count: number, x: (index: number) => number, y: (index: number) => number): Polyline => {
  if (count <= MAX_POINTS) return Array.from({ length: count }, (_, at) => [x(at), y(at)] as const);
  const kept: Polyline[number][] = [[x(0), y(0)]];
  let column = Math.floor(x(0) / COLUMN);
  let [low, high, lowY, highY] = [0, 0, y(0), y(0)];
  const keep = (): void => {
    const [first, second] = low < high ? [low, high] : [high, low];
    kept.push([x(first), first === low ? lowY : highY]);
    if (second !== first) kept.push([x(second), second === low ? lowY : highY]);
  };
  for (let at = 1; at < count; at += 1) {
    const here = Math.floor(x(at) / COLUMN);
    const height = y(at);
    if (here !== column) {
      keep();
      column = here;
      [low, high, lowY, highY] = [at, at, height, height];
    } else if (height > lowY) [low, lowY] = [at, height];
    else if (height < highY) [high, highY] = [at, height];
  }
  keep();
  kept.push([x(count - 1), y(count - 1)]);
  return kept;
};

/** A line of points, as `lineThrough` keeps them. */
export const thinned = (track: Polyline): Polyline =>
  track.length <= MAX_POINTS
    ? track
    : lineThrough(
        track.length,
        (at) => track[at]?.[0] ?? 0,
        (at) => track[at]?.[1] ?? 0,
      );

/** A line is mostly drawn twice: stroked, and as the edge of its area. */
const paths = new WeakMap<Polyline, string>();

/** The path along a line, its coordinates to one decimal. */
const pathAlong = (track: Polyline): string => {
  const known = paths.get(track);
  if (known !== undefined) return known;
  const path =
    line<Polyline[number]>(
      ([x]) => x,
      ([, y]) => y,
    ).digits(1)([...track]) ?? '';
  paths.set(track, path);
  return path;
};

/** A stroked line with round joins. `extra` is more attributes, with a leading space. */
export const strokedLine = (track: Polyline, stroke: string, width: number, extra = ''): string =>
  `<path d="${pathAlong(track)}" fill="none" stroke="${stroke}" stroke-width="${width}"${extra} stroke-linejoin="round" stroke-linecap="round"/>`;

/** The area between a line and the height `base`, filled with a gradient of the same picture. */
export const filledArea = (track: Polyline, base: number, gradientId: string): string => {
  const [first, last] = [track[0], track.at(-1)];
  const path =
    first && last
      ? `${pathAlong(track)}L${coordinate(last[0])},${coordinate(base)}L${coordinate(first[0])},${coordinate(base)}Z`
      : '';
  return `<path d="${path}" fill="url(#${gradientId})"/>`;
};

/** The gradient under a price line, fading towards the bottom of its pane. */
export const priceGradient = (id: string, pane: Pick<Box, 'top' | 'bottom'>, theme: Theme): string =>
  verticalGradient(id, pane.top, pane.bottom, [
    { offset: 0, colour: theme.price, opacity: 0.34 },
    { offset: 1, colour: theme.price, opacity: 0.02 },
  ]);
