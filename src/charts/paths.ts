import { area, line } from 'd3-shape';
import type { Line } from './place-label.ts';

/** A track as an SVG path, to a tenth of a pixel. */
export const strokePath = (track: Line): string =>
  line<Line[number]>(
    ([x]) => x,
    ([, y]) => y,
  ).digits(1)([...track]) ?? '';

/** The area between a track and a level line at `base`, as an SVG path. */
export const fillPath = (track: Line, base: number): string =>
  area<Line[number]>(
    ([x]) => x,
    base,
    ([, y]) => y,
  ).digits(1)([...track]) ?? '';
