import { area, line } from 'd3-shape';
import type { Box } from './layout.ts';
import { verticalGradient } from './markup.ts';
import type { Theme } from './theme.ts';

/** More points than this are finer than a picture. */
const MAX_POINTS = 1_200;

/** Points of a line in picture units, x ascending. */
export type Polyline = readonly (readonly [x: number, y: number])[];

/**
 * A line without what is finer than a screen shows: of all points in one unit of x the first, the lowest, the highest and
 * the last. A record of fifty years would otherwise be a path of 13,000 points.
 */
export const thinned = (track: Polyline): Polyline => {
  if (track.length <= MAX_POINTS) return track;
  const kept: (readonly [number, number])[] = [];
  let from = 0;
  for (let at = 1; at <= track.length; at += 1) {
    const first = track[from] as Polyline[number];
    const next = track[at];
    if (next && Math.floor(next[0]) === Math.floor(first[0])) continue;
    const same = track.slice(from, at);
    const heights = same.map(([, y]) => y);
    const ends = new Set([
      0,
      heights.indexOf(Math.min(...heights)),
      heights.indexOf(Math.max(...heights)),
      same.length - 1,
    ]);
    kept.push(...same.filter((_, index) => ends.has(index)));
    from = at;
  }
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
