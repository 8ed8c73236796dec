import { area, line } from 'd3-shape';
import type { Box } from './layout.ts';
import { verticalGradient } from './markup.ts';
import type { Theme } from './theme.ts';

/** Points of a line in picture units, x ascending. */
export type Polyline = readonly (readonly [x: number, y: number])[];

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
export const priceGradient = (id: string, pane: Box, theme: Theme): string =>
  verticalGradient(id, pane.top, pane.bottom, [
    { offset: 0, colour: theme.price, opacity: 0.38 },
    { offset: 1, colour: theme.price, opacity: 0.02 },
  ]);
