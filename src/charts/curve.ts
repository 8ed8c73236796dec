import { area, line } from 'd3-shape';
import type { Box } from './layout.ts';
import { verticalGradient } from './markup.ts';
import type { Theme } from './theme.ts';

/** Lines with more points are thinned, in columns of this many picture units. */
const MAX_POINTS = 1_200;
const COLUMN = 2;

/** Points of a line in picture units, x ascending. */
export type Polyline = readonly (readonly [x: number, y: number])[];

/**
 * A line without what is finer than its stroke: of all points in two units of x the lowest and the highest, and the ends
 * of the line. A record of fifty years would otherwise be a path of 13,000 points.
 */
export const thinned = (track: Polyline): Polyline => {
  const [first, last] = [track[0], track.at(-1)];
  if (track.length <= MAX_POINTS || !first || !last) return track;
  const kept: Polyline[number][] = [first];
  let [low, high, column] = [0, 0, Math.floor(first[0] / COLUMN)];
  const keep = (): void => {
    kept.push(track[Math.min(low, high)] as Polyline[number]);
    if (low !== high) kept.push(track[Math.max(low, high)] as Polyline[number]);
  };
  for (let at = 1; at < track.length; at += 1) {
    const [x, y] = track[at] as Polyline[number];
    const here = Math.floor(x / COLUMN);
    if (here !== column) {
      keep();
      [low, high, column] = [at, at, here];
    } else if (y > (track[low] as Polyline[number])[1]) low = at;
    else if (y < (track[high] as Polyline[number])[1]) high = at;
  }
  keep();
  kept.push(last);
  return kept;
};

/**
 * A stroked line with round joins, its coordinates to one decimal. `extra` is more attributes, with a leading space.
 */
export const strokedLine = (track: Polyline, stroke: string, width: number, extra = ''): string => {
  const path = line<Polyline[number]>(
    ([x]) => x,
    ([, y]) => y,
  ).digits(1)([...track]);
  return `<path d="${path ?? ''}" fill="none" stroke="${stroke}" stroke-width="${width}"${extra} stroke-linejoin="round" stroke-linecap="round"/>`;
};

/** The area between a line and the height `base`, filled with a gradient of the same picture. */
export const filledArea = (track: Polyline, base: number, gradientId: string): string => {
  const path = area<Polyline[number]>(
    ([x]) => x,
    base,
    ([, y]) => y,
  ).digits(1)([...track]);
  return `<path d="${path ?? ''}" fill="url(#${gradientId})"/>`;
};

/** The gradient under a price line, fading towards the bottom of its pane. */
export const priceGradient = (id: string, pane: Pick<Box, 'top' | 'bottom'>, theme: Theme): string =>
  verticalGradient(id, pane.top, pane.bottom, [
    { offset: 0, colour: theme.price, opacity: 0.34 },
    { offset: 1, colour: theme.price, opacity: 0.02 },
  ]);
